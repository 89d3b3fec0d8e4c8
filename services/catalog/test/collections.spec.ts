import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, NOBODY } from './catalog.rig.ts';

const { service, manager, as, create } = catalogForEachTest();
const PATH = '/api/v1/collections';
const STAFF = '/api/v1/staff/collections';

const add = async (body: object, headers: Record<string, string> = {}): Promise<Answered> =>
  service.send('POST', PATH, {
    token: await manager(),
    body: { name: 'Gifts', kind: 'manual', status: 'published', ...body },
    headers,
  });
const put = async (key: string, body: object, ifMatch?: string): Promise<Answered> =>
  service.send('PUT', `${PATH}/${key}`, {
    token: await manager(),
    body: { name: 'Gifts', kind: 'manual', ...body },
    ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
  });
const get = (path: string): Promise<Answered> => service.send('GET', `${PATH}${path}`);
const asStaff = async (path = ''): Promise<Answered> =>
  service.send('GET', `${STAFF}${path}`, { token: await manager() });
const product = async (name: string, changes: object = {}): Promise<string> =>
  idOf(await create({ name, variants: [{ sku: `SKU-${name}`, price: 10, currency: 'EUR' }], ...changes }));
const trash = async (id: string): Promise<unknown> =>
  service.send('DELETE', `/api/v1/products/${id}`, { token: await manager() });
const namesIn = ({ body }: Answered): readonly string[] =>
  (body.items as readonly { name: string }[]).map(({ name }) => name);

describe('a collection', () => {
  it('is created, found by ID and by slug, changed and deleted', async () => {
    const created = await add(
      { name: 'Gifts & more', description: 'To give.' },
      { 'idempotency-key': 'gifts-01' },
    );
    const again = await add(
      { name: 'Gifts & more', description: 'To give.' },
      { 'idempotency-key': 'gifts-01' },
    );
    expect([created.status, again.body]).toEqual([201, created.body]);
    expect(created.body).toMatchObject({
      slug: 'gifts-more',
      status: 'published',
      kind: 'manual',
      version: 1,
    });
    const id = String(created.body.collection_id);
    const shown = { collection_id: id, name: 'Gifts & more', slug: 'gifts-more', description: 'To give.' };
    expect([(await get(`/${id}`)).body, (await get('/gifts-more')).body]).toEqual([shown, shown]);
    const seo = { title: 'Gifts for all' };
    const changed = await put(id, { status: 'published', seo }, '"1"');
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect((await get('/gifts-more')).body).toMatchObject({ name: 'Gifts', seo });
    expect(await put(id, {}, '"1"')).toMatchObject({ status: 412 });
    const token = await manager();
    expect((await service.send('DELETE', `${PATH}/gifts-more`, { token })).status).toBe(204);
    expect(await get(`/${id}`)).toMatchObject({ status: 404, body: { code: 'COLLECTION_NOT_FOUND' } });
  });

  it('is shown to customers when it is published, and to staff always', async () => {
    await add({ status: 'draft' });
    await add({ name: 'Sale' });
    expect(namesIn(await get(''))).toEqual(['Sale']);
    expect([...namesIn(await asStaff())].sort()).toEqual(['Gifts', 'Sale']);
    const missing = { status: 404, body: { code: 'COLLECTION_NOT_FOUND' } };
    expect([await get('/gifts'), await get('/gifts/products')]).toMatchObject([missing, missing]);
    expect(await asStaff('/gifts')).toMatchObject({ status: 200, body: { status: 'draft' } });
    expect(await asStaff(`/${NOBODY}`)).toMatchObject(missing);
    const token = await as('customer');
    expect(await service.send('GET', STAFF, { token })).toMatchObject({ status: 403 });
    expect(await service.send('POST', PATH, { token, body: { name: 'A', kind: 'manual' } })).toMatchObject({
      status: 403,
    });
  });

  it('is listed in full pages', async () => {
    for (const [index, name] of ['A', 'B', 'C', 'D', 'E'].entries())
      await add({ name, status: index % 2 === 0 ? 'published' : 'draft' });
    const first = await get('?limit=2');
    const second = await get(`?limit=2&cursor=${String(first.body.next_cursor)}`);
    expect([namesIn(first).length, second.body.next_cursor]).toEqual([2, undefined]);
    expect([...namesIn(first), ...namesIn(second)].sort()).toEqual(['A', 'C', 'E']);
    expect(await get('?cursor=nonsense')).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it('gets a free slug, or keeps another from being used twice', async () => {
    await add({});
    expect((await add({})).body).toMatchObject({ slug: 'gifts-2' });
    const taken = { status: 409, body: { code: 'SLUG_TAKEN' } };
    expect(await add({ slug: 'gifts' })).toMatchObject(taken);
    expect(await put('gifts-2', { slug: 'gifts' })).toMatchObject(taken);
  });

  it.each([
    [{ kind: 'rule' }],
    [{ kind: 'rule', rule: {} }],
    [{ kind: 'rule', rule: { brand: 'Maker' }, product_ids: [NOBODY] }],
    [{ kind: 'manual', rule: { brand: 'Maker' } }],
    [{ product_ids: [NOBODY, NOBODY] }],
    [{ kind: 'rule', rule: { min_price: 1 } }],
    [{ kind: 'rule', rule: { currency: 'EUR' } }],
    [{ kind: 'rule', rule: { min_price: 2, max_price: 1, currency: 'EUR' } }],
    [{ kind: 'rule', rule: { min_price: 0.001, currency: 'EUR' } }],
  ])('is refused as %o', async (contents) => {
    expect(await add(contents)).toMatchObject({ status: 422, body: { code: 'INVALID_COLLECTION' } });
  });
});

describe('the products of a collection', () => {
  const pages = async (limit: number): Promise<readonly (readonly string[])[]> => {
    const seen: (readonly string[])[] = [];
    for (let cursor = ''; ;) {
      const page = await get(`/gifts/products?limit=${limit}${cursor}`);
      seen.push(namesIn(page));
      if (page.body.next_cursor === undefined) return seen;
      cursor = `&cursor=${String(page.body.next_cursor)}`;
    }
  };

  describe('by hand', () => {
    let ids: readonly string[];
    beforeEach(async () => {
      ids = [await product('ONE'), await product('TWO'), await product('THREE'), await product('FOUR')];
      await add({ product_ids: [ids[3], ids[1], NOBODY, ids[0], ids[2]] });
    });

    it('are in their order, in full pages, without hidden ones', async () => {
      expect(await pages(24)).toEqual([['FOUR', 'TWO', 'ONE', 'THREE']]);
      expect(await pages(2)).toEqual([
        ['FOUR', 'TWO'],
        ['ONE', 'THREE'],
      ]);
      await trash(ids[1] ?? '');
      expect(await pages(2)).toEqual([['FOUR', 'ONE'], ['THREE']]);
      expect(await pages(3)).toEqual([['FOUR', 'ONE', 'THREE']]);
    });

    it('continue after the last one when the order changes', async () => {
      const first = await get('/gifts/products?limit=2');
      await put('gifts', { status: 'published', product_ids: [ids[1], ids[3], ids[2], ids[0]] });
      const cursor = String(first.body.next_cursor);
      expect(namesIn(await get(`/gifts/products?limit=9&cursor=${cursor}`))).toEqual([
        'FOUR',
        'THREE',
        'ONE',
      ]);
    });
  });

  it('by rule meet all its conditions, in its order', async () => {
    const token = await manager();
    const home = await service.send('POST', '/api/v1/categories', { token, body: { name: 'Home' } });
    const category_id = String(home.body.category_id);
    const filed = { category: undefined, subcategory: undefined, category_id, tags: ['red', 'new', 'hot'] };
    const priced = (sku: string, price: number) => ({ variants: [{ sku, price, currency: 'EUR' }] });
    await product('OLD', { ...filed, ...priced('OLD-1', 15) });
    service.toolbox.clock.advance(3 * DAY);
    await product('DEAR', { ...filed, ...priced('DEAR-1', 21) });
    await product('B', { ...filed, ...priced('B-1', 20) });
    await product('A', { ...filed, ...priced('A-1', 10) });
    await product('PALE', { ...filed, tags: ['new'], ...priced('PALE-1', 15) });
    await product('ELSEWHERE', { tags: filed.tags, ...priced('ELSE-1', 15) });
    await product('OTHER', { ...filed, brand: 'Other', ...priced('OTHER-1', 15) });
    const rule = {
      category_id,
      brand: 'Maker',
      tags: ['red', 'new'],
      min_price: 10,
      max_price: 20,
      currency: 'EUR',
      created_within_days: 2,
    };
    const created = await add({ kind: 'rule', rule, sort: 'name' });
    expect(created.body).toMatchObject({ kind: 'rule', rule, sort: 'name' });
    expect(await pages(1)).toEqual([['A'], ['B']]);
    await put('gifts', { kind: 'rule', rule: { min_price: 20, currency: 'USD' }, status: 'published' });
    expect(await pages(9)).toEqual([[]]);
  });
});
