import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '#client/index.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import type { Shopper } from '#test/kit/shopper.ts';
import { openTestShop, PROFILE, type TestShop } from './shop.ts';

/** Products follow their category within seconds; on a busy machine, later. */
const PATIENCE_MS = 30_000;

describe(`the catalogue on ${PROFILE}`, () => {
  let test: TestShop;
  let shopper: Shopper;
  let manager: Shopper;
  beforeAll(async () => {
    test = await openTestShop();
    shopper = await test.shopper();
    manager = await test.staff('catalog@example.com', 'demo-catalog-1');
  });
  afterAll(() => test.close());

  const createIn = async (categoryId: string): Promise<string> => {
    const { body } = await manager.call('POST', '/api/v1/products', [201], {
      name: 'Wombat',
      description: 'Shines.',
      category_id: categoryId,
      brand: 'Dingo',
      variants: [{ sku: 'DIN-WOMBAT', price: 30, currency: 'EUR' }],
    });
    return String(body.product_id);
  };

  it('is a tree that staff extend and rename, and that the search follows', async () => {
    const { items } = await dataOf(shopper.shop.GET('/api/v1/categories'));
    const root = items.find(({ children = [] }) => children.length > 0);
    const parent = root?.children?.[0];
    expect(parent).toBeDefined();
    const path = '/api/v1/categories';
    const input = { name: 'Burrow lights', parent_id: parent?.category_id };
    const { body: category } = await manager.call('POST', path, [201], input);
    const categoryId = String(category.category_id);
    const productId = await createIn(categoryId);
    const listed = await dataOf(
      shopper.shop.GET('/api/v1/products', { params: { query: { category_id: categoryId } } }),
    );
    expect(listed.items.map(({ product_id }) => product_id)).toEqual([productId]);
    const find = (q: string) => dataOf(shopper.shop.GET('/api/v1/search', { params: { query: { q } } }));
    await lookUntil(
      () => find('burrow light'),
      ({ items: found }) => found.some(({ product_id }) => product_id === productId),
      { patienceMs: PATIENCE_MS },
    );
    await manager.call('PUT', `${path}/${categoryId}`, [200], { ...input, name: 'Tunnel lamps' });
    const renamed = await lookUntil(
      () => find('tunnel lamp'),
      ({ items: found }) => found.some(({ product_id }) => product_id === productId),
      { patienceMs: PATIENCE_MS },
    );
    expect(renamed.items.map(({ product_id }) => product_id)).toContain(productId);
  });

  it('gets stock by an import, which the inventory and the search see', async () => {
    const { body: product } = await manager.call('POST', '/api/v1/products', [201], {
      name: 'Numbat lantern',
      description: 'Glows.',
      category: 'Home',
      brand: 'Dingo',
      variants: [{ sku: 'DIN-NUMBAT', price: 30, currency: 'EUR' }],
    });
    const { product_id } = product as { readonly product_id: string };
    const stock = () => shopper.call('GET', `/api/v1/inventory/${product_id}`, [200, 404]);
    await lookUntil(stock, ({ status }) => status === 200, { patienceMs: PATIENCE_MS });
    const admin = await test.staff('admin@example.com', 'demo-admin-1');
    const { body: created } = await manager.call('POST', '/api/v1/imports', [201], {
      file_name: 'stock.csv',
    });
    const path = `/api/v1/imports/${String(created.import_id)}`;
    const settled = () =>
      lookUntil(
        () => manager.call('GET', path, [200]),
        ({ body: { state } }) => state !== 'checking' && state !== 'running',
        { patienceMs: PATIENCE_MS },
      );
    await manager.call('PUT', `${path}/parts/0`, [200], 'sku,stock_adjustment\nDIN-NUMBAT,7\n', {
      'content-type': 'application/octet-stream',
    });
    await manager.call('POST', `${path}/check`, [202], {});
    expect(await settled()).toMatchObject({ body: { state: 'checked', expected: { stock_adjusted: 1 } } });
    await manager.call('POST', `${path}/start`, [403]);
    await admin.call('POST', `${path}/start`, [202]);
    expect(await settled()).toMatchObject({ body: { state: 'done', counts: { stock_adjusted: 1 } } });
    expect(await stock()).toMatchObject({ body: { items: [{ sku: 'DIN-NUMBAT', available: 7 }] } });
    const query = { q: 'numbat lantern', in_stock: true };
    const found = await lookUntil(
      () => dataOf(shopper.shop.GET('/api/v1/search', { params: { query } })),
      ({ items }) => items.some((item) => item.product_id === product_id),
      { patienceMs: PATIENCE_MS },
    );
    expect(found.items.map((item) => item.product_id)).toContain(product_id);
  });

  it('has collections that staff publish', async () => {
    const { items } = await dataOf(shopper.shop.GET('/api/v1/products', { params: { query: { limit: 3 } } }));
    const productIds = items.map(({ product_id }) => product_id).toReversed();
    const input = { name: 'Picks of the week', kind: 'manual', product_ids: productIds };
    await manager.call('POST', '/api/v1/collections', [201], input);
    await shopper.call('GET', '/api/v1/collections/picks-of-the-week', [404]);
    await manager.call('PUT', '/api/v1/collections/picks-of-the-week', [200], {
      ...input,
      status: 'published',
    });
    const shown = await lookUntil(
      () => shopper.call('GET', '/api/v1/collections/picks-of-the-week/products', [200, 404]),
      ({ status }) => status === 200,
      { patienceMs: PATIENCE_MS },
    );
    expect((shown.body.items as { product_id: string }[]).map(({ product_id }) => product_id)).toEqual(
      productIds,
    );
  });
});
