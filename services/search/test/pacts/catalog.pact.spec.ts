import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, integer, moment, number, string, uuid } from '#test/kit/pact/matchers.ts';
import { listingAfter, PRODUCT } from './listings.rig.ts';

const CATEGORY = '0190a000-0000-7000-8000-00000000000c';

const product = (version: number) => ({
  product_id: uuid(PRODUCT),
  version: integer(version),
  name: string('Kettle'),
  description: string('Boils water.'),
  category: string('Home'),
  subcategory: string('Kitchen'),
  category_ids: eachLike(uuid(CATEGORY)),
  category_path: eachLike(string('Home')),
  brand: string('Steam'),
  variants: eachLike({
    variant_id: uuid('0190a000-0000-7000-8000-00000000000b'),
    sku: string('KET-RED'),
    price: number(19.99),
    currency: currency(),
  }),
  created_at: moment('2026-03-01T12:00:00.000Z'),
});

const found = {
  name: 'Kettle',
  brand: 'Steam',
  categoryIds: [CATEGORY],
  categoryPath: ['Home'],
  variants: [{ sku: 'KET-RED', price: 19.99, currency: 'EUR' }],
};

describeContract('search', 'catalog', (contract) => {
  it('a new product, to find it', () =>
    contract.hears('product.created', product(1), async (event) => {
      expect(await listingAfter(event)).toMatchObject({ product: found });
    }));

  it('a changed product, to find it as it is now', () =>
    contract.hears('product.updated', product(2), async (event) => {
      expect(await listingAfter(event)).toMatchObject({ product: found });
    }));

  it('that a product is deleted, to find it no more', () =>
    contract.hears('product.deleted', { product_id: uuid(PRODUCT), version: integer(2) }, async (event) => {
      expect(await listingAfter(event)).toEqual({
        productId: PRODUCT,
        revision: 1,
        sold: 0,
        available: new Set(),
      });
    }));
});
