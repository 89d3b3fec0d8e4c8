import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, NOBODY } from './catalog.rig.ts';

const { service, manager, as, create, change } = catalogForEachTest();
const PATH = '/api/v1/categories';

const add = async (body: object, headers: Record<string, string> = {}): Promise<Answered> =>
  service.send('POST', PATH, { token: await manager(), body, headers });
const addId = async (body: object): Promise<string> => String((await add(body)).body.category_id);
const put = async (key: string, body: object, ifMatch?: string): Promise<Answered> =>
  service.send('PUT', `${PATH}/${key}`, {
    token: await manager(),
    body,
    ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
  });
const remove = async (key: string): Promise<Answered> =>
  service.send('DELETE', `${PATH}/${key}`, { token: await manager() });
const get = (key: string): Promise<Answered> => service.send('GET', `${PATH}/${key}`);
const tree = async (query = ''): Promise<readonly Record<string, unknown>[]> =>
  (await service.send('GET', `${PATH}${query}`)).body.items as readonly Record<string, unknown>[];
/** `Home 2 [Lamps 2 []]`. */
const drawn = (nodes: readonly Record<string, unknown>[]): string =>
  nodes
    .map(({ name, products, children }) => `${String(name)} ${String(products)} [${drawn(children as [])}]`)
    .join(' ');

describe('categories', () => {
  it('are created, and found by ID and by slug, with those above them', async () => {
    const home = await add({ name: 'Home', seo: { title: 'All for your home' } });
    expect(home).toMatchObject({ status: 201, body: { name: 'Home', slug: 'home', breadcrumbs: [] } });
    const { category_id } = home.body;
    expect(home.headers.get('location')).toBe(`${PATH}/${String(category_id)}`);
    const picture = { url: '/lamps.svg', alt: 'Lamps' };
    const lamps = await add({ name: 'Lamps', parent_id: category_id, description: 'They shine.', picture });
    const shown = {
      category_id: lamps.body.category_id,
      name: 'Lamps',
      slug: 'lamps',
      parent_id: category_id,
      position: 0,
      description: 'They shine.',
      picture,
      breadcrumbs: [{ category_id, name: 'Home', slug: 'home' }],
    };
    for (const key of [String(lamps.body.category_id), 'lamps']) {
      const found = await get(key);
      expect([found.body, found.headers.get('etag')]).toEqual([shown, '"1"']);
    }
    expect((await get('home')).body).toMatchObject({ seo: { title: 'All for your home' } });
  });

  it.each([NOBODY, 'nothing'])('are not found as %s', async (key) => {
    const missing = { status: 404, body: { code: 'CATEGORY_NOT_FOUND' } };
    expect(await get(key)).toMatchObject(missing);
    expect(await put(key, { name: 'Home' })).toMatchObject(missing);
    expect(await remove(key)).toMatchObject(missing);
  });

  it('are created once per key', async () => {
    const key = { 'idempotency-key': 'home-0001' };
    const [first, again] = [await add({ name: 'Home' }, key), await add({ name: 'Home' }, key)];
    expect(again.body).toEqual(first.body);
    expect(await add({ name: 'Home' })).toMatchObject({ status: 409, body: { code: 'NAME_TAKEN' } });
    expect(await add({ name: 'House', slug: 'home' })).toMatchObject({ body: { code: 'SLUG_TAKEN' } });
  });

  it('are changed by staff, based on a version', async () => {
    const id = await addId({ name: 'Home' });
    const changed = await put(id, { name: 'House', position: 3 }, '"1"');
    expect(changed).toMatchObject({ status: 200, body: { name: 'House', slug: 'home', position: 3 } });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(await put(id, { name: 'Hut' }, '"1"')).toMatchObject({ status: 412 });
    const token = await as('customer');
    expect(await service.send('PUT', `${PATH}/${id}`, { token, body: { name: 'Hut' } })).toMatchObject({
      status: 403,
    });
  });

  it('cannot be moved below themselves', async () => {
    const home = await addId({ name: 'Home' });
    const lamps = await addId({ name: 'Lamps', parent_id: home });
    expect(await put(home, { name: 'Home', parent_id: lamps })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_CATEGORY' },
    });
  });

  it('are deleted only when they are empty', async () => {
    const notEmpty = { status: 409, body: { code: 'CATEGORY_NOT_EMPTY' } };
    const home = await addId({ name: 'Home' });
    const lamps = await addId({ name: 'Lamps', parent_id: home });
    const { body } = await create({ category: undefined, subcategory: undefined, category_id: lamps });
    expect([await remove(home), await remove(lamps)]).toMatchObject([notEmpty, notEmpty]);
    for (const query of ['', '?permanently=true']) {
      const path = `/api/v1/products/${String(body.product_id)}${query}`;
      expect((await remove(lamps)).status).toBe(409); // also while the product is in the trash
      await service.send('DELETE', path, { token: await manager() });
    }
    expect((await remove('lamps')).status).toBe(204);
    expect((await remove(home)).status).toBe(204);
    expect((await get('lamps')).status).toBe(404);
  });
});

describe('the category tree', () => {
  it('counts the products of each category and those below it, without empty ones', async () => {
    const home = await addId({ name: 'Home' });
    const lamps = await addId({ name: 'Lamps', parent_id: home, position: 2 });
    const desk = await addId({ name: 'Desk lamps', parent_id: lamps });
    await addId({ name: 'Beds', parent_id: home, position: 1 });
    for (const [index, category_id] of [home, lamps, desk, desk].entries())
      await create({
        category: undefined,
        subcategory: undefined,
        category_id,
        variants: [{ sku: `LAMP-${index}`, price: 1, currency: 'EUR' }],
      });
    expect(drawn(await tree())).toBe('Home 4 [Lamps 3 [Desk lamps 2 []]]');
    expect(drawn(await tree('?include_empty=true'))).toBe('Home 4 [Beds 0 [] Lamps 3 [Desk lamps 2 []]]');
    expect(await tree()).toMatchObject([
      { category_id: home, slug: 'home', subcategories: [{ name: 'Lamps', products: 3 }] },
    ]);
    const listed = await service.send('GET', `/api/v1/products?category_id=${lamps}`);
    expect(listed.body.items).toHaveLength(3);
  });

  it('counts moved products at once', async () => {
    await create();
    const [kitchen, hall] = [String((await get('kettles')).body.parent_id), await addId({ name: 'Hall' })];
    await put('kettles', { name: 'Kettles', parent_id: hall });
    expect(drawn(await tree('?include_empty=true'))).toBe('Hall 1 [Kettles 1 []] Kitchen 0 []');
    expect((await remove(kitchen)).status).toBe(409); // until the product is refreshed
  });
});

describe('the category of a product', () => {
  const shownIn = async (id: string): Promise<readonly unknown[]> => {
    const { body } = await service.send('GET', `/api/v1/products/${id}`);
    const { category, subcategory, category_ids } = body as Record<string, unknown>;
    return [category, subcategory, (category_ids as unknown[]).length];
  };

  it('is created by its names, once, in any case', async () => {
    const first = await create();
    const second = await create({
      category: 'KITCHEN',
      subcategory: ' kettles ',
      variants: [{ sku: 'KET-2', price: 1, currency: 'EUR' }],
    });
    expect(await shownIn(idOf(second))).toEqual(['Kitchen', 'Kettles', 2]);
    expect(second.body.category_ids).toEqual(first.body.category_ids);
    expect(drawn(await tree())).toBe('Kitchen 2 [Kettles 2 []]');
  });

  it('may be a root', async () => {
    const created = await create({ subcategory: undefined });
    expect(await shownIn(idOf(created))).toEqual(['Kitchen', '', 1]);
    expect(await change(idOf(created), { subcategory: '' })).toMatchObject({ status: 200 });
  });

  it('may be any by its ID, and stays as it is when its names are sent back', async () => {
    const created = await create();
    const own = (created.body.category_ids as readonly string[])[1];
    const deep = await addId({ name: 'Whistling', parent_id: own });
    await change(idOf(created), { category: undefined, subcategory: undefined, category_id: deep });
    expect(await shownIn(idOf(created))).toEqual(['Kitchen', 'Kettles', 3]);
    await change(idOf(created), { name: 'Kettle 2' });
    expect(await shownIn(idOf(created))).toEqual(['Kitchen', 'Kettles', 3]);
    await change(idOf(created), { subcategory: 'Pots' });
    expect(await shownIn(idOf(created))).toEqual(['Kitchen', 'Pots', 2]);
  });

  it('may be a root in a file', async () => {
    await create({ subcategory: undefined });
    const imported = await service.send('POST', '/api/v1/products/imports', {
      token: await manager(),
      body: 'sku,category,subcategory\nKET-RED,Kitchen,\n',
      headers: { 'content-type': 'text/csv' },
    });
    expect(imported.body).toMatchObject({ unchanged: 1, rejected: 0 });
  });

  it('is not created for a product that is refused', async () => {
    await create({ variants: [{ sku: 'KET-1', price: 0.001, currency: 'EUR' }] });
    await create({ category: 'Garden', variants: [{ sku: 'POT-1', price: 1, currency: 'XXX' }] });
    expect(await tree('?include_empty=true')).toEqual([]);
  });

  it.each([
    [{ category: undefined, subcategory: undefined, category_id: NOBODY }],
    [{ category: undefined, subcategory: undefined }],
    [{ category: ' ' }],
  ])('is refused as %o', async (place) => {
    expect(await create(place)).toMatchObject({ status: 422, body: { code: 'INVALID_PRODUCT' } });
  });
});
