import { expect, it } from 'vitest';
import { openToolbox } from '#test/kit/toolbox.ts';
import { toWire } from '../../adapters/messaging/integration-events.ts';
import { catalog } from '../../main/module.ts';
import { aProduct } from '../../test/product.mother.ts';
import { openProducts } from '../../test/products.rig.ts';
import { makeSweepDueProducts } from './sweep-due-products.ts';

const [CHANGED, DUE] = [new Date('2026-03-01T12:00:00Z'), new Date('2026-03-01T13:00:00Z')];

it('a product that cannot be saved does not keep the others waiting', async () => {
  const { unitOfWork, queries } = openProducts(await openToolbox('memory', catalog));
  const products = Array.from({ length: 3 }, () => aProduct({ publishAt: DUE, updatedAt: CHANGED }));
  for (const product of products) await unitOfWork.run((tx) => tx.products.save(product));
  const broken = products[1]?.productId;
  const sweep = makeSweepDueProducts(unitOfWork, queries, (publication) => {
    if ('product' in publication && publication.product.productId === broken) throw new Error('broken');
    return toWire(publication);
  });

  await expect(sweep(DUE)).rejects.toThrow('broken');
  expect(await queries.select({ dueBy: DUE }, undefined, 9)).toEqual([broken]);
});
