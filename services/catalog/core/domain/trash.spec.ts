import { expect, it } from 'vitest';
import { after, DAY } from '#kernel/clock.ts';
import { aProduct } from '../../test/product.mother.ts';
import { moveToTrash, purgedAt, restored } from './trash.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = after(NOW, DAY);

it('a product in the trash can be restored as it was, for thirty days', () => {
  const product = aProduct();
  const deleted = moveToTrash(product, NOW);
  expect(deleted).toEqual({ ...product, version: product.version + 1, deletedAt: NOW, updatedAt: NOW });
  expect(purgedAt(deleted)).toEqual(after(NOW, 30 * DAY));
  const back = restored(deleted, LATER);
  expect(back).toEqual({ ...product, version: product.version + 2, updatedAt: LATER });
  expect(purgedAt(back)).toBeUndefined();
});
