import { expect } from 'vitest';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import { productJson } from '../adapters/http/mapping.ts';
import { postgresProductQueries } from '../adapters/postgres/product-queries.postgres.ts';
import { postgresProductRepository } from '../adapters/postgres/product-repository.postgres.ts';
import { UNFILED, type Product } from '../core/domain/product.ts';
import { catalog } from '../main/module.ts';

const PRODUCT = '00000000-0000-7000-8000-000000000001';
const [BLUE, RED] = ['00000000-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000012'];
const AT = new Date('2026-02-01T10:00:00Z');

/** What all fixtures hold. */
const readMug = async (toolbox: TestToolbox): Promise<void> => {
  const { store } = toolbox;
  if (store.kind === 'memory') throw new Error('not SQL');
  const queries = postgresProductQueries(store.database, productJson);
  const shown = (of: Product) => ({ version: of.version, json: productJson.detail(of) });
  const product = {
    productId: PRODUCT,
    version: 1,
    name: 'Mug',
    description: 'A mug to drink from.',
    category: 'Kitchen',
    subcategory: 'Mugs',
    ...UNFILED,
    tags: ['mug', 'blue'],
    brand: 'Maker',
    specifications: { weight: '300 g' },
    variants: [
      {
        variantId: BLUE,
        sku: 'MUG-BLUE',
        attributes: { colour: 'blue' },
        price: { minor: 1_999, currency: 'EUR' },
        listPrices: [],
        pictures: [{ url: '/media/samples/mug~aabbcc~Mug.svg', alt: '' }],
        initialStock: 5,
      },
      {
        variantId: RED,
        sku: 'MUG-RED',
        attributes: { colour: 'red' },
        price: { minor: 1_799, currency: 'EUR' },
        listPrices: [],
        pictures: [],
        initialStock: 0,
      },
    ],
    former: [],
    related: [],
    status: 'published' as const,
    createdAt: AT,
    updatedAt: AT,
  };
  expect(await queries.find(PRODUCT)).toEqual(shown(product));
  const listed = async () => {
    const page = await queries.page({ limit: 9, sort: 'price_asc', tag: 'blue', brand: 'Maker' });
    return page.ok && page.value.items;
  };
  expect(await listed()).toEqual([productJson.summary(product)]);
  expect(await queries.select({ isUnfiled: true }, undefined, 9)).toEqual([PRODUCT]);
  expect(await queries.offers([BLUE], AT)).toMatchObject([
    { productId: PRODUCT, sku: 'MUG-BLUE', prices: [{ price: { minor: 1_999, currency: 'EUR' } }] },
  ]);
  expect(await queries.select({ dueBy: new Date('2100-01-01') }, undefined, 9)).toEqual([]);
  await sqlUnitOfWork(toolbox, store, (tx) => ({
    products: postgresProductRepository(tx, productJson),
  })).run(async ({ products }) => {
    expect(await products.ownersOf(['MUG-RED'])).toEqual(new Map([['MUG-RED', PRODUCT]]));
    await products.save({ ...product, version: 2, name: 'Cup' });
  });
  const cup = { ...product, version: 2, name: 'Cup' };
  expect([await queries.find(PRODUCT), await listed()]).toEqual([shown(cup), [productJson.summary(cup)]]);

  // The previous release changes a product while this one runs, but not the JSON beside it.
  await store.database.query(
    `update catalog.products set version = 3, document = document || '{"version": 3, "name": "Jug"}' where product_id = $1`,
    [PRODUCT],
  );
  const jug = { ...product, version: 3, name: 'Jug' };
  expect([await queries.find(PRODUCT), await listed()]).toEqual([shown(jug), [productJson.summary(jug)]]);
};

upgradeContract(catalog, { '0001-products': readMug, '0002-json': readMug, '0003-full': readMug });
