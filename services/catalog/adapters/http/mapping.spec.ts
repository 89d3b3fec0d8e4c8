import { expect, it } from 'vitest';
import { aProduct, aVariant } from '../../test/product.mother.ts';
import { productJson } from './mapping.ts';

const ID = '0190a000-0000-7000-8000-00000000000';

// Stores keep this JSON. When it changes, so must the format, or products saved before keep their old look.
it('the JSON of products is unchanged in this format', () => {
  const variants = [
    aVariant({ variantId: `${ID}2`, sku: 'THING-M' }),
    aVariant({ variantId: `${ID}3`, sku: 'THING-S', price: { minor: 1_250, currency: 'EUR' }, pictures: [] }),
  ];
  const product = aProduct({ productId: `${ID}1`, variants });
  expect(productJson).toMatchObject({ format: 2 });
  expect(productJson.summary(product)).toBe(
    `{"product_id":"${ID}1","name":"A thing","brand":"Maker","category":"Things","subcategory":"Small things",` +
      '"tags":["thing"],"image":"/media/samples/box~aabbcc~Box.svg","price_from":12.5,"currency":"EUR","variant_count":2,' +
      '"created_at":"2026-02-01T10:00:00.000Z"}',
  );
  expect(productJson.detail(product)).toBe(
    `{"product_id":"${ID}1","version":1,"name":"A thing","description":"A thing to have.","category":"Things",` +
      '"subcategory":"Small things","category_ids":[],"tags":["thing"],"brand":"Maker","specifications":{"weight":"1 kg"},"variants":[' +
      `{"variant_id":"${ID}2","sku":"THING-M","attributes":{"size":"M"},"price":19.99,"currency":"EUR",` +
      '"images":["/media/samples/box~aabbcc~Box.svg"],"pictures":[{"url":"/media/samples/box~aabbcc~Box.svg","alt":""}]},' +
      `{"variant_id":"${ID}3","sku":"THING-S","attributes":{"size":"M"},"price":12.5,"currency":"EUR","images":[],"pictures":[]}],"related":[],` +
      '"created_at":"2026-02-01T10:00:00.000Z","updated_at":"2026-02-01T10:00:00.000Z"}',
  );
});
