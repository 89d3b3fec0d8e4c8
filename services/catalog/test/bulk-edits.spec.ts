import { describe, expect, it } from 'vitest';
import { JobRunner } from '#adapters/jobs/job-runner.ts';
import { JOB_SLOTS } from '#kernel/jobs.ts';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, NOBODY } from './catalog.rig.ts';

const { service, as, manager, create, announced, sweep } = catalogForEachTest();

const send = async (method: string, path = '', body?: object): Promise<Answered> =>
  service.send(method, `/api/v1/bulk-edits${path}`, { token: await manager(), body });

/** Does the jobs that wait. */
const work = async (): Promise<void> => {
  for (const runner of service.attachments)
    if (runner instanceof JobRunner)
      for (let slot = 0; slot < JOB_SLOTS; slot += 1) await runner.runSlot(slot);
};

/** Begins a bulk edit, lets it end and returns it. */
const edit = async (products: readonly Answered[], edits: object): Promise<Answered['body']> => {
  const begun = await send('POST', '', { product_ids: products.map(idOf), edits });
  expect(begun).toMatchObject({ status: 201, body: { state: 'running' } });
  await work();
  return (await send('GET', `/${String(begun.body.bulk_edit_id)}`)).body;
};

const productOf = async (created: Answered): Promise<Answered['body']> =>
  (await service.send('GET', `/api/v1/products/${idOf(created)}`)).body;

const pot = (number: number): Promise<Answered> =>
  create({
    name: `Pot ${number}`,
    variants: [{ sku: `POT-${number}`, price: 10 + number, currency: 'EUR' }],
  });

const pots = async (): Promise<readonly [Answered, Answered, Answered]> => [
  await pot(0),
  await pot(1),
  await pot(2),
];

describe('a bulk edit', () => {
  it('changes what it names in each product, and publishes each', async () => {
    const products = await pots();
    const done = await edit(products, {
      category: 'Sale',
      subcategory: 'Pots',
      add_tags: ['sale', 'hot'],
      remove_tags: ['cold'],
      price: { change: 'percent', value: -10, rounding: { to: 0.1 } },
    });
    expect(done).toMatchObject({ state: 'done', counts: { updated: 3, unchanged: 0, rejected: 0 } });
    expect(await productOf(products[1])).toMatchObject({
      version: 2,
      category: 'Sale',
      subcategory: 'Pots',
      tags: ['hot', 'sale'],
      variants: [{ price: 9.9 }],
    });
    expect((await announced()).filter((event) => event === 'product.updated 2')).toHaveLength(3);
  });

  it('hides and shows products', async () => {
    const product = await pot(0);
    await edit([product], { status: 'draft' });
    expect(await productOf(product)).toMatchObject({ code: 'PRODUCT_NOT_FOUND' });
    await edit([product], { status: 'published' });
    expect(await productOf(product)).toMatchObject({ version: 3 });
  });

  it('puts products into a sale, and takes them out of it', async () => {
    const list = { code: 'SALE', name: 'Sale', currency: 'EUR' };
    await service.send('POST', '/api/v1/price-lists', { token: await manager(), body: list });
    const products = await pots();
    await edit(products, { price: { price_list: 'SALE', change: 'percent', value: -50 } });
    expect(await productOf(products[0])).toMatchObject({ variants: [{ price: 5, regular_price: 10 }] });
    const abroad = { code: 'US', name: 'USA', currency: 'USD' };
    await service.send('POST', '/api/v1/price-lists', { token: await manager(), body: abroad });
    await edit(products, { price: { price_list: 'US', change: 'set', value: 12 } });
    expect(await productOf(products[0])).toMatchObject({
      variants: [{ price: 5, regular_price: 10, other_prices: [{ price: 12, currency: 'USD' }] }],
    });
    await edit(products, { price: { price_list: 'SALE', change: 'remove' } });
    expect(await productOf(products[0])).toMatchObject({
      variants: [{ price: 10, other_prices: [{ price: 12 }] }],
    });
  });

  it('edits all products of a filter', async () => {
    const [, second] = await pots();
    await create({ name: 'Pan', variants: [{ sku: 'PAN-1', price: 10, currency: 'EUR' }] });
    const begun = await send('POST', '', {
      filter: { q: 'pot', sku: 'POT-1' },
      edits: { add_tags: ['found'] },
    });
    expect(begun.status).toBe(201);
    await work();
    const done = await send('GET', `/${String(begun.body.bulk_edit_id)}`);
    expect(done.body).toMatchObject({ state: 'done', counts: { updated: 1, unchanged: 0, rejected: 0 } });
    expect((await productOf(second)).tags).toContain('found');
    await send('POST', '', { filter: {}, edits: { add_tags: ['all'] } });
    await work();
    expect((await announced()).filter((event) => event.startsWith('product.updated'))).toHaveLength(5);
  });

  it('counts and lists what it could not edit', async () => {
    const products = await pots();
    await service.send('DELETE', `/api/v1/products/${idOf(products[0])}`, { token: await manager() });
    const done = await edit(products, { price: { change: 'amount', value: -12 } });
    expect(done).toMatchObject({ counts: { updated: 1, unchanged: 0, rejected: 2 } });
    const reasons = (done.failures as readonly { errors: readonly string[] }[]).flatMap(
      ({ errors }) => errors,
    );
    expect(reasons.sort()).toEqual([
      'POT-1: the price would be negative.',
      'The product is in the trash; restore it first.',
    ]);
  });

  it('leaves products alone that are as wanted', async () => {
    const product = await pot(0);
    expect(await edit([product], { add_tags: ['hot'] })).toMatchObject({
      counts: { updated: 0, unchanged: 1 },
    });
    expect(await announced()).toEqual(['product.created 1']);
  });

  it('rejects products that do not exist, and edits that products do not allow', async () => {
    const product = await pot(0);
    const nobody = { body: { product_id: NOBODY } } as Answered;
    expect(await edit([product, nobody], { category_id: NOBODY })).toMatchObject({
      counts: { updated: 0, rejected: 2 },
      failures: expect.arrayContaining([{ product_id: NOBODY, errors: ['There is no such product.'] }]),
    });
    expect(await edit([product], { price: { change: 'set', value: 100_000_000 } })).toMatchObject({
      counts: { rejected: 1 },
    });
  });

  it('edits what was changed since a time', async () => {
    await pots();
    service.toolbox.clock.advance(60_000);
    const updated_since = service.toolbox.clock.now().toISOString();
    await pot(3);
    const begun = await send('POST', '', { filter: { updated_since }, edits: { add_tags: ['new'] } });
    await work();
    const done = await send('GET', `/${String(begun.body.bulk_edit_id)}`);
    expect(done.body).toMatchObject({ state: 'done', counts: { updated: 1 } });
  });

  it('is forgotten a month after its end', async () => {
    const product = await pot(0);
    const { bulk_edit_id: id } = await edit([product], { add_tags: ['x'] });
    await sweep();
    expect((await send('GET', `/${String(id)}`)).status).toBe(200);
    service.toolbox.clock.advance(31 * 24 * 3_600_000);
    await sweep();
    expect((await send('GET', `/${String(id)}`)).status).toBe(404);
  });

  it('can be cancelled while it runs', async () => {
    const product = await pot(0);
    const begun = await send('POST', '', { product_ids: [idOf(product)], edits: { add_tags: ['x'] } });
    const path = `/${String(begun.body.bulk_edit_id)}`;
    expect(await send('POST', `${path}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(await send('POST', `${path}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'BULK_EDIT_STATE' },
    });
    await work();
    expect(await announced()).toEqual(['product.created 1']);
  });

  it('is one of at most four, and listed newest first', async () => {
    const product = await pot(0);
    const body = { product_ids: [idOf(product)], edits: { add_tags: ['x'] } };
    for (let slot = 0; slot < JOB_SLOTS; slot += 1) await send('POST', '', body);
    expect(await send('POST', '', body)).toMatchObject({ status: 409, body: { code: 'BULK_EDITS_BUSY' } });
    const first = await send('GET', '?limit=3');
    const second = await send('GET', `?limit=3&cursor=${String(first.body.next_cursor)}`);
    const ids = [...first.body.items, ...second.body.items].map(
      ({ bulk_edit_id: id }: { bulk_edit_id: string }) => id,
    );
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect([ids.length, second.body.next_cursor]).toEqual([JOB_SLOTS, undefined]);
  });

  it.each([
    [400, { product_ids: [NOBODY], edits: {} }],
    [400, { product_ids: [NOBODY], edits: { category: 'Sale' } }],
    [422, { product_ids: [NOBODY], edits: { price: { change: 'set' } } }],
    [422, { product_ids: [NOBODY], edits: { price: { change: 'remove' } } }],
    [400, { product_ids: [], edits: { status: 'draft' } }],
    [422, { edits: { status: 'draft' } }],
    [422, { product_ids: [NOBODY], filter: {}, edits: { status: 'draft' } }],
  ])('is refused with %i: %j', async (status, body) => {
    expect((await send('POST', '', body)).status).toBe(status);
  });

  it('is the business of catalog managers', async () => {
    const token = await as('customer');
    expect((await service.send('GET', '/api/v1/bulk-edits', { token })).status).toBe(403);
    expect(await send('GET', `/${NOBODY}`)).toMatchObject({
      status: 404,
      body: { code: 'BULK_EDIT_NOT_FOUND' },
    });
    expect(await send('POST', `/${NOBODY}/cancel`)).toMatchObject({ status: 404 });
  });
});
