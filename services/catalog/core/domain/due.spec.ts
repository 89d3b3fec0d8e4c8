import { expect, it } from 'vitest';
import { aProduct, aVariant } from '../../test/product.mother.ts';
import { dueAtOf } from './due.ts';

const day = (date: number): Date => new Date(Date.UTC(2026, 1, date));
const onSale = (from: number, until: number) =>
  aVariant({
    listPrices: [
      {
        code: 'SALE',
        priority: 1,
        price: { minor: 1, currency: 'EUR' },
        validFrom: day(from).toISOString(),
        validUntil: day(until).toISOString(),
      },
    ],
  });

it.each([
  ['nothing changes by itself', {}, undefined],
  ['a price begins', { variants: [onSale(12, 14)] }, 12],
  ['the first of several prices changes', { variants: [onSale(12, 14), aVariant(), onSale(5, 11)] }, 11],
  ['its schedule ends before a price begins', { unpublishAt: day(11), variants: [onSale(12, 14)] }, 11],
  ['a price begins before its schedule ends', { unpublishAt: day(13), variants: [onSale(12, 14)] }, 12],
  ['it is shown, whatever its prices before', { publishAt: day(13), variants: [onSale(12, 14)] }, 13],
  ['it is a draft', { status: 'draft' as const, variants: [onSale(12, 14)] }, undefined],
])('a product is due when %s', (_name, changes, due) => {
  const product = aProduct({ updatedAt: day(10), ...changes });
  expect(dueAtOf(product)).toEqual(due === undefined ? undefined : day(due));
});
