import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, type Schemas } from '#client/index.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { CARDS, type Shopper } from '#test/kit/shopper.ts';
import { openTestShop, PROFILE, type TestShop } from './shop.ts';

/** Changes show within a second; on a busy machine, later. */
const PATIENCE_MS = 20_000;

describe(`searching on ${PROFILE}`, () => {
  let test: TestShop;
  let shopper: Shopper;
  let manager: Shopper;
  beforeAll(async () => {
    test = await openTestShop();
    shopper = await test.shopper();
    manager = await test.staff('catalog@example.com', 'demo-catalog-1');
  });
  afterAll(() => test.close());

  const find = (query: NonNullable<Parameters<typeof searchAs>[1]>): Promise<Schemas['SearchPage']> =>
    searchAs(shopper, query);
  /** Looks until the search is as expected, or should be. */
  const findUntil = (
    query: Parameters<typeof find>[0],
    isThere: (page: Schemas['SearchPage']) => boolean,
  ): Promise<Schemas['SearchPage']> => lookUntil(() => find(query), isThere, { patienceMs: PATIENCE_MS });

  it('finds the sample catalogue, with its synonyms and in spite of typing errors', async () => {
    expect((await find({ q: 'earphones' })).items.map(({ subcategory }) => subcategory)).toContain(
      'Headphones',
    );
    const { items, match, facets } = await find({ q: 'wireles headphones', in_stock: true });
    expect(match).toBe('corrected');
    expect(items.length).toBeGreaterThan(0);
    expect(facets?.in_stock).toBe(items.length);
  });

  it('shows a product, its price, its last sale and its end as soon as they happen', async () => {
    const body = {
      name: 'Quokka Night Light',
      description: 'Glows.',
      category: 'Home',
      subcategory: 'Lamps',
      brand: 'Quokka',
      variants: [{ sku: 'QUO-NIGHT', price: 30, currency: 'EUR', initial_stock: 1 }],
    };
    const created = await manager.call('POST', '/api/v1/products', [201], body);
    const q = 'quokka';
    const page = await findUntil({ q, in_stock: true }, ({ total }) => total === 1);
    expect(page.items).toMatchObject([
      { name: body.name, price_from: 30, matched_variant: { sku: 'QUO-NIGHT' } },
    ]);

    const path = `/api/v1/products/${String(created.body.product_id)}`;
    await manager.call('PUT', path, [200], { ...body, variants: [{ ...body.variants[0], price: 20 }] });
    expect((await findUntil({ q, max_price: 25 }, ({ total }) => total === 1)).items).toMatchObject([
      { price_to: 20 },
    ]);

    const [hit] = page.items;
    if (!hit) throw new Error('not found');
    await shopper.addToCart({ ...hit.matched_variant, product_id: hit.product_id });
    await shopper.order(CARDS.good);
    expect(await findUntil({ q, in_stock: true }, ({ total }) => total === 0)).toMatchObject({ total: 0 });
    expect((await find({ q })).items).toMatchObject([{ in_stock: false }]);

    await manager.call('DELETE', path, [204]);
    expect(await findUntil({ q }, ({ total }) => total === 0)).toMatchObject({ total: 0 });
  });

  it('uses a rule of staff within five seconds', async () => {
    const rule = { kind: 'synonyms', words: ['zorblax', 'laptop'] };
    await manager.call('POST', '/api/v1/search/rules', [201], rule);
    const { items } = await findUntil({ q: 'zorblax' }, ({ total }) => total > 0);
    expect(items.map(({ subcategory }) => subcategory)).toContain('Laptops');
  });
});

const searchAs = (
  { shop }: Shopper,
  query: { q?: string; in_stock?: boolean; max_price?: number },
): Promise<Schemas['SearchPage']> => dataOf(shop.GET('/api/v1/search', { params: { query } }));
