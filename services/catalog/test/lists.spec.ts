import { beforeEach, describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest } from './catalog.rig.ts';

const { service, create } = catalogForEachTest();

describe('lists', () => {
  const list = (query = ''): Promise<Answered> => service.send('GET', `/api/v1/products${query}`);
  const names = ({ body }: Answered): readonly string[] =>
    (body.items as readonly { name: string }[]).map(({ name }) => name);

  beforeEach(async () => {
    for (const [index, name] of ['A', 'B', 'C'].entries()) {
      const variants = [{ sku: `SKU-${name}`, price: 10 - index, currency: 'EUR' }];
      await create({ name, brand: `Brand ${name}`, subcategory: index > 0 ? 'Pots' : 'Kettles', variants });
      service.toolbox.clock.advance(1_000);
    }
  });

  it('show a product with its lowest price, newest first', async () => {
    const answer = await list();
    expect(names(answer)).toEqual(['C', 'B', 'A']);
    expect(answer.body.items[0]).toMatchObject({ price_from: 8, currency: 'EUR', variant_count: 1 });
    expect(answer.body).not.toHaveProperty('next_cursor');
  });

  it('continue where the previous page ended', async () => {
    const first = await list('?limit=2&sort=price_asc');
    expect(names(first)).toEqual(['C', 'B']);
    const cursor = String(first.body.next_cursor);
    expect(names(await list(`?limit=2&sort=price_asc&cursor=${cursor}`))).toEqual(['A']);
    expect(await list(`?sort=name&cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_CURSOR' },
    });
    expect(await list('?cursor=nonsense')).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it('continue after a name of any length and script', async () => {
    for (const letter of ['🧀', '"', '\u0001']) {
      const named = (name: string, sku: string) =>
        create({ name, variants: [{ sku, price: 1, currency: 'EUR' }], brand: 'Long' });
      await named(letter.repeat(300), `SKU-${letter.codePointAt(0) ?? ''}-1`);
      await named(letter.repeat(300), `SKU-${letter.codePointAt(0) ?? ''}-2`);
    }
    const seen: string[] = [];
    let page = await list('?limit=1&sort=name&brand=Long');
    for (; page.body.next_cursor !== undefined; seen.push(...names(page)))
      page = await list(`?limit=1&sort=name&brand=Long&cursor=${String(page.body.next_cursor)}`);
    expect([page.status, seen.length]).toEqual([200, 5]);
  });

  it('can be filtered', async () => {
    expect(names(await list('?category=Kitchen&subcategory=Pots&sort=name'))).toEqual(['B', 'C']);
    expect(names(await list('?brand=Brand%20A&tag=hot'))).toEqual(['A']);
    expect(names(await list('?tag=cold'))).toEqual([]);
  });

  it.each(['?limit=0', '?limit=101', '?sort=colour', '?category='])('refuse %s', async (query) => {
    expect(await list(query)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  it('ignore undocumented parameters', async () => {
    expect(await list('?page=2&limit=1')).toMatchObject({ status: 200, body: { items: [{}] } });
  });

  it('count the products of each category', async () => {
    expect(await service.send('GET', '/api/v1/categories')).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            name: 'Kitchen',
            products: 3,
            subcategories: [
              { name: 'Kettles', products: 1 },
              { name: 'Pots', products: 2 },
            ],
          },
        ],
      },
    });
  });
});
