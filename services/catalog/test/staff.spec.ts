import { describe, expect, it } from 'vitest';
import { HOUR } from '#kernel/clock.ts';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, NOBODY } from './catalog.rig.ts';

const { service, as, manager, create, change, act, sweep } = catalogForEachTest();

const read = async (path = ''): Promise<Answered> =>
  service.send('GET', `/api/v1/staff/products${path}`, { token: await manager() });
const names = async (query = ''): Promise<readonly string[]> =>
  ((await read(query)).body.items as readonly { name: string }[]).map(({ name }) => name);
const other = (name: string, changes: object = {}): Promise<Answered> =>
  create({ name, variants: [{ sku: `SKU-${name.toUpperCase()}`, price: 5, currency: 'EUR' }], ...changes });

describe('the list for staff', () => {
  it('has products that customers cannot see, the latest change first', async () => {
    const kettle = await create({ status: 'draft', publish_at: '2026-03-02T00:00:00Z' });
    service.toolbox.clock.advance(1_000);
    await other('Pot');
    expect((await read()).body).toEqual({
      items: [
        expect.objectContaining({ name: 'Pot', status: 'published', missing: ['image'] }),
        {
          product_id: idOf(kettle),
          version: 1,
          status: 'draft',
          name: 'Kettle',
          brand: 'Maker',
          category: 'Kitchen',
          subcategory: 'Kettles',
          image: '/red.svg',
          price_from: 19.99,
          currency: 'EUR',
          variant_count: 2,
          skus: ['KET-RED', 'KET-BLUE'],
          missing: [],
          publish_at: '2026-03-02T00:00:00.000Z',
          created_at: '2026-03-01T12:00:00.000Z',
          updated_at: '2026-03-01T12:00:00.000Z',
        },
      ],
    });
    service.toolbox.clock.advance(1_000);
    await change(idOf(kettle), {});
    expect(await names()).toEqual(['Kettle', 'Pot']);
  });

  it('shows where products are in their schedule, and the trash only if asked', async () => {
    await other('Pot', { publish_at: '2026-03-01T13:00:00Z', unpublish_at: '2026-03-01T14:00:00Z' });
    const gone = idOf(await other('Pan'));
    await act('DELETE', gone);
    expect([await names(), await names('?status=scheduled'), await names('?status=trash')]).toEqual([
      ['Pot'],
      ['Pot'],
      ['Pan'],
    ]);
    expect((await read('?status=trash')).body.items).toMatchObject([{ deleted_at: expect.any(String) }]);
    for (const status of ['published', 'ended']) {
      service.toolbox.clock.advance(HOUR);
      await sweep();
      expect(await names(`?status=${status}`)).toEqual(['Pot']);
    }
  });

  it('can be searched, filtered and continued', async () => {
    for (const name of ['Pot', 'Pan', 'Lid']) await other(name);
    expect(await names('?q=p%20sku&sort=name')).toEqual(['Pan', 'Pot']);
    expect(await names('?sku=sku-pan')).toEqual(['Pan']);
    expect(await names('?missing=image&brand=Maker&category=Kitchen&tag=hot&sort=name')).toHaveLength(3);
    expect(await names('?missing=price')).toEqual([]);
    expect(await names('?updated_since=2026-03-01T13:00:00Z')).toEqual([]);
    const first = await read('?sort=name&limit=2');
    const cursor = String(first.body.next_cursor);
    expect(await names(`?sort=name&limit=2&cursor=${cursor}`)).toEqual(['Pot']);
    expect(await read(`?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it.each([
    '?status=hidden',
    '?missing=stock',
    '?sort=colour',
    '?q=',
    '?updated_since=yesterday',
    '?limit=0',
  ])('refuses %s', async (query) => {
    expect(await read(query)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });
});

describe('a product for staff', () => {
  it('is found in any stage, with its version', async () => {
    const id = idOf(await create({ status: 'draft' }));
    const draft = await read(`/${id}`);
    expect(draft).toMatchObject({ status: 200, body: { version: 1, stage: 'draft', status: 'draft' } });
    expect(draft.headers.get('etag')).toBe('"1"');
    await act('DELETE', id);
    expect((await read(`/${id}`)).body).toMatchObject({ version: 2, stage: 'trash', status: 'draft' });
    expect(await read(`/${NOBODY}`)).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } });
  });

  it('has its own prices, so that it stays as it is when it is sent back', async () => {
    await service.send('POST', '/api/v1/price-lists', {
      token: await manager(),
      body: { code: 'SALE', name: 'Sale', currency: 'EUR' },
    });
    const pictures = [{ url: '/red.svg', alt: 'A red kettle' }];
    const variants = [{ sku: 'KET-RED', price: 19.99, currency: 'EUR', prices: { SALE: 15 }, pictures }];
    const created = await create({ variants, seo: { slug: 'kettle' }, unpublish_at: '2027-01-01T00:00:00Z' });
    expect(created.body.variants).toMatchObject([{ price: 15, regular_price: 19.99 }]);
    const { body } = await read(`/${idOf(created)}`);
    expect(body.variants).toMatchObject([{ price: 19.99, prices: { SALE: 15 }, pictures }]);
    const { product_id, version, stage, missing, created_at, updated_at, deleted_at, variants: had, ...input } = body as Record<string, unknown>; // prettier-ignore
    const sent = (had as readonly Record<string, unknown>[]).map(({ variant_id: _, ...variant }) => variant);
    await change(String(product_id), { ...input, variants: sent });
    const again = (await read(`/${idOf(created)}`)).body as Record<string, unknown>;
    expect(again).toEqual({ ...body, version: 2 });
    expect([version, stage, missing, created_at, updated_at, deleted_at]).toBeDefined();
  });
});

it('staff reads are for catalogue managers only', async () => {
  const id = idOf(await create());
  for (const path of ['', `/${id}`]) {
    const url = `/api/v1/staff/products${path}`;
    expect((await service.send('GET', url)).status).toBe(401);
    expect((await service.send('GET', url, { token: await as('customer', 'order_manager') })).status).toBe(
      403,
    );
  }
});
