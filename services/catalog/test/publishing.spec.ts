import { describe, expect, it } from 'vitest';
import { HOUR } from '#kernel/clock.ts';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf } from './catalog.rig.ts';

const { service, create, change, announced, sweep } = catalogForEachTest();

const get = (id: string): Promise<Answered> => service.send('GET', `/api/v1/products/${id}`);
const listed = async (): Promise<readonly string[]> => {
  const { body } = await service.send('GET', '/api/v1/products');
  return (body.items as readonly { name: string }[]).map(({ name }) => name);
};
const offered = async ({ body }: Answered): Promise<number> => {
  const token = await service.toolbox.serviceToken('cart', 'offers:read');
  const variants = body.variants as readonly { variant_id: string }[];
  const variant_ids = variants.map(({ variant_id }) => variant_id);
  const answer = await service.send('POST', '/internal/v1/offers', { token, body: { variant_ids } });
  return (answer.body.items as readonly unknown[]).length;
};
const visible = async (): Promise<readonly unknown[]> =>
  (await service.toolbox.announced()).map(({ payload }) => !('visible' in payload) || payload.visible);
/** The clock stands at noon. */
const at = (hour: number): string => `2026-03-01T${hour}:00:00.000Z`;

describe('a draft', () => {
  it('is hidden from customers, but keeps its SKUs', async () => {
    const draft = await create({ status: 'draft' });
    expect(draft).toMatchObject({ status: 201, body: { status: 'draft', version: 1 } });
    expect(await get(idOf(draft))).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } });
    expect([await listed(), await offered(draft), await visible()]).toEqual([[], 0, [false]]);
    expect((await service.send('GET', '/api/v1/categories')).body.items).toEqual([]);
    expect(await create({ name: 'Other' })).toMatchObject({ status: 409, body: { code: 'SKU_TAKEN' } });
  });

  it('can be published, and hidden again', async () => {
    const id = idOf(await create({ status: 'draft' }));
    const published = await change(id, { status: 'published' });
    expect([await listed(), await offered(published)]).toEqual([['Kettle'], 2]);
    expect((await get(id)).headers.get('etag')).toBe('"2"');
    const hidden = await change(id, { status: 'draft' });
    expect([await listed(), await offered(hidden)]).toEqual([[], 0]);
    expect(await visible()).toEqual([false, true, false]);
  });

  it('stays a draft when a client that does not know of drafts changes it', async () => {
    const id = idOf(await create({ status: 'draft', publish_at: at(13) }));
    expect(await change(id, { name: 'Better kettle' })).toMatchObject({
      body: { name: 'Better kettle', status: 'draft', publish_at: at(13) },
    });
  });

  it('is not published by its schedule', async () => {
    const draft = await create({ status: 'draft', publish_at: at(13) });
    service.toolbox.clock.advance(2 * HOUR);
    await sweep();
    expect([await listed(), await offered(draft), await announced()]).toEqual([[], 0, ['product.created 1']]);
  });
});

describe('a schedule', () => {
  it('shows a product at its time and hides it at its time', async () => {
    const created = await create({ publish_at: at(13), unpublish_at: at(14) });
    expect(created.body).toMatchObject({ status: 'published', publish_at: at(13), unpublish_at: at(14) });
    expect([await listed(), await offered(created)]).toEqual([[], 0]);
    await sweep();
    expect(await announced()).toEqual(['product.created 1']);

    service.toolbox.clock.advance(HOUR);
    expect(await offered(created)).toBe(2); // offers do not wait for the sweep
    await sweep();
    expect(await listed()).toEqual(['Kettle']);
    expect((await get(idOf(created))).body).toMatchObject({ version: 2, updated_at: at(13) });

    service.toolbox.clock.advance(HOUR);
    expect(await offered(created)).toBe(0);
    await sweep();
    expect([await listed(), (await get(idOf(created))).status]).toEqual([[], 404]);
    await sweep();
    expect(await announced()).toEqual(['product.created 1', 'product.updated 2', 'product.updated 3']);
    expect(await visible()).toEqual([false, true, false]);
  });

  it('is not shown to customers', async () => {
    const { body } = await get(idOf(await create({ publish_at: at(11), unpublish_at: at(13) })));
    expect(body).not.toHaveProperty('status');
    expect(body).not.toHaveProperty('unpublish_at');
  });

  it('is replaced as a whole, with the status', async () => {
    const id = idOf(await create({ publish_at: at(13), unpublish_at: at(14) }));
    expect((await change(id, { status: 'published', unpublish_at: at(15) })).body).not.toHaveProperty(
      'publish_at',
    );
    expect(await listed()).toEqual(['Kettle']);
    expect((await change(id, { publish_at: at(13) })).body).toMatchObject({ status: 'published' });
    expect(await listed()).toEqual([]);
  });

  it.each([at(12), at(13)])('refuses to end at %s when it begins at 13:00', async (unpublish_at) => {
    const answer = await create({ publish_at: at(13), unpublish_at });
    expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_PRODUCT' } });
  });

  it('refuses a time that is none, and a status that is none', async () => {
    expect(await create({ publish_at: 'tomorrow' })).toMatchObject({ status: 400 });
    expect(await create({ status: 'ended' })).toMatchObject({ status: 400 });
  });
});
