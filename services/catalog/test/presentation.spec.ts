import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, kettle, NOBODY } from './catalog.rig.ts';

const { service, manager, create, change, act, announced } = catalogForEachTest();

const get = (id: string, path = ''): Promise<Answered> =>
  service.send('GET', `/api/v1/products/${id}${path}`);
const variant = (changes: object) => ({ sku: 'KET-RED', price: 19.99, currency: 'EUR', ...changes });
const RED = { url: '/red.svg', alt: 'A red kettle' };
const LID = { url: '/lid.svg', alt: '' };

describe('pictures', () => {
  it('have texts and an order; images are their URLs', async () => {
    const id = idOf(await create({ variants: [variant({ pictures: [RED, { url: '/lid.svg' }] })] }));
    expect((await get(id)).body.variants).toMatchObject([
      { pictures: [RED, LID], images: ['/red.svg', '/lid.svg'] },
    ]);
    await change(id, { variants: [variant({ pictures: [LID, RED] })] });
    expect((await get(id)).body.variants).toMatchObject([{ images: ['/lid.svg', '/red.svg'] }]);
    expect((await service.send('GET', '/api/v1/products')).body.items).toMatchObject([{ image: '/lid.svg' }]);
  });

  it('keep their texts when they are named by their URLs only', async () => {
    const id = idOf(await create({ variants: [variant({ pictures: [RED] })] }));
    const images = ['/new.svg', '/red.svg'];
    const changed = await change(id, { variants: [variant({ images })] });
    expect(changed.body.variants).toMatchObject([{ pictures: [{ url: '/new.svg', alt: '' }, RED] }]);
    const empty = await change(id, { variants: [variant({ images: ['', '/red.svg'] })] });
    expect(empty.body.variants).toMatchObject([{ pictures: [RED] }]);
    const removed = await change(id, { variants: [variant({ pictures: [{ ...RED, alt: '' }] })] });
    expect(removed.body.variants).toMatchObject([{ pictures: [{ url: '/red.svg', alt: '' }] }]);
  });

  it('keep their texts in an import', async () => {
    const id = idOf(await create({ variants: [variant({ pictures: [RED] })] }));
    const options = { token: await manager(), headers: { 'content-type': 'text/csv' } };
    const send = (body: string) => service.send('POST', '/api/v1/products/imports', { ...options, body });
    expect((await send('sku,images\nKET-RED,/red.svg')).body).toMatchObject({ unchanged: 1 });
    expect((await send('sku,images\nKET-RED,/red.svg|/lid.svg')).body).toMatchObject({ updated: 1 });
    expect((await get(id)).body.variants).toMatchObject([{ pictures: [RED, LID] }]);
  });

  it.each([
    ['no URL', { pictures: [{ alt: 'A kettle' }] }],
    ['a text that is too long', { pictures: [{ url: '/red.svg', alt: 'x'.repeat(501) }] }],
    ['too many of them', { pictures: Array.from({ length: 21 }, () => RED) }],
  ])('are refused with %s', async (_, changes) => {
    expect((await create({ variants: [variant(changes)] })).status).toBe(400);
  });
});

describe('the fields for search engines', () => {
  const seo = { title: 'A red kettle', description: 'It boils.', slug: 'red-kettle' };

  it('are public, stay if they are not named, and can be removed', async () => {
    const id = idOf(await create({ seo }));
    expect((await get(id)).body.seo).toEqual(seo);
    expect((await change(id, {})).body.seo).toEqual(seo);
    expect((await change(id, { seo: { slug: 'kettle' } })).body.seo).toEqual({ slug: 'kettle' });
    expect((await change(id, { seo: {} })).body).not.toHaveProperty('seo');
    expect((await get(id)).body).not.toHaveProperty('seo');
  });

  it.each(['Red', 'red--kettle', '-red', 'red kettle', 'r'.repeat(121)])(
    'refuse the slug %s',
    async (slug) => {
      expect((await create({ seo: { slug } })).status).toBe(400);
    },
  );

  it('are copied without the slug', async () => {
    const copy = await act('POST', idOf(await create({ seo })), '/duplicate', { body: {} });
    expect(copy.body.seo).toEqual({ title: seo.title, description: seo.description });
  });
});

describe('related products', () => {
  const other = async (name: string, changes: object = {}): Promise<string> =>
    idOf(await create({ name, variants: [variant({ sku: `SKU-${name}` })], ...changes }));
  const related = async (id: string): Promise<readonly string[]> =>
    ((await get(id, '/related')).body.items as readonly { name: string }[]).map(({ name }) => name);

  it('are listed in their order, without those that customers cannot see', async () => {
    const [pot, pan, lid] = [await other('POT'), await other('PAN'), await other('LID', { status: 'draft' })];
    const id = idOf(await create({ related: [pan, NOBODY, lid, pot.toUpperCase()] }));
    expect((await get(id)).body.related).toEqual([pan, NOBODY, lid, pot]);
    expect(await related(id)).toEqual(['PAN', 'POT']);
    await act('DELETE', pan);
    expect(await related(id)).toEqual(['POT']);
  });

  it('stay if they are not named, and can be removed', async () => {
    const id = idOf(await create({ related: [await other('POT')] }));
    await change(id, { name: 'Better kettle' });
    expect(await related(id)).toEqual(['POT']);
    await change(id, { related: [] });
    expect(await related(id)).toEqual([]);
  });

  it('do not exist for a product that customers cannot see', async () => {
    const id = idOf(await create({ status: 'draft' }));
    for (const one of [id, NOBODY])
      expect(await get(one, '/related')).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } });
  });

  it('are 24 others at most, each once', async () => {
    const id = idOf(await create());
    const ids = Array.from({ length: 25 }, (_, index) => NOBODY.slice(0, -2) + String(index + 10));
    const change422 = async (related: readonly string[]) =>
      (await change(id, { related })).body.code as string;
    expect((await change(id, { related: ids })).status).toBe(400);
    expect([await change422([id]), await change422([NOBODY, NOBODY])]).toEqual([
      'INVALID_PRODUCT',
      'INVALID_PRODUCT',
    ]);
    expect((await change(id, { related: ids.slice(0, 24) })).status).toBe(200);
  });
});

it('a product that is sent as it was read stays as it is', async () => {
  const { body } = await create({ variants: [variant({ pictures: [RED] })], seo: { slug: 'kettle' } });
  const {
    product_id,
    version: _,
    created_at: __,
    updated_at: ___,
    ...read
  } = body as Record<string, unknown>;
  const { related, seo, status } = read;
  const again = await change(String(product_id), { ...kettle(), variants: [variant({ pictures: [RED] })], related, seo, status }); // prettier-ignore
  expect(again.body).toMatchObject(read);
  expect(await announced()).toHaveLength(2);
});
