import { beforeEach, describe, expect, it } from 'vitest';
import { Metrics } from '#adapters/observability/metrics.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { eventAbout, goneEnvelope } from '#test/kit/events.ts';
import type { Answered } from '#test/kit/http.ts';
import { search as module } from '../main/module.ts';

const RULES = '/api/v1/search/rules';
const SYNONYMS = { kind: 'synonyms', words: ['lamp', 'light'] };

const service = serviceForEachTest(module);

const hear = async (...events: readonly EventEnvelope[]): Promise<void> => {
  for (const consumer of service.consumers) await consumer.handle(events);
};
const find = (query: string): Promise<Answered> => service.send('GET', `/api/v1/search?${query}`);
const manager = (): Promise<string> => service.toolbox.tokenOf('u-1', 'catalog_manager');
const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  service.send(method, path, { token: await manager(), headers, ...(body === undefined ? {} : { body }) });

const productEvent = (
  name: string,
  fields: object = {},
  productId = systemIds.next(),
  version = 1,
): EventEnvelope =>
  eventAbout(
    productId,
    version === 1 ? 'product.created' : 'product.updated',
    {
      product_id: productId,
      version,
      name,
      variants: [
        { sku: `SKU-${name.toUpperCase()}`, price: 20, currency: 'EUR', attributes: { colour: 'Red' } },
      ],
      ...fields,
    },
    version,
  );

beforeEach(async () => {
  for (const attachment of service.attachments) {
    await attachment.start();
    atEnd(() => attachment.stop());
  }
});

/** Waits until a search finds this many products. */
const untilFound = (query: string, products: number): Promise<Answered> =>
  until(async () => {
    const answer = await find(query);
    return answer.body.total === products && answer;
  });

describe('a search', () => {
  it('shows a product, its prices, its stock and the variant that matched', async () => {
    const variants = [
      { sku: 'LAMP-S', price: 10, currency: 'EUR', attributes: { size: 'S' }, images: ['/s.svg'] },
      { sku: 'LAMP-M', price: 30, currency: 'EUR', attributes: { size: 'M' }, images: [] },
    ];
    const stock = eventAbout('LAMP-M', 'inventory.availability_changed', {
      sku: 'LAMP-M',
      version: 1,
      is_available: true,
    });
    await hear(productEvent('Lamp', { brand: 'Lumen', variants }), stock);
    const { body } = await untilFound('q=lamp&attribute=size:M', 1);
    expect(body.items).toMatchObject([
      {
        name: 'Lamp',
        brand: 'Lumen',
        price_from: 10,
        price_to: 30,
        in_stock: true,
        variant_count: 2,
        matched_variant: { sku: 'LAMP-M', price: 30, in_stock: true, attributes: { size: 'M' } },
      },
    ]);
    expect(body.facets).toMatchObject({
      brands: [{ value: 'Lumen', products: 1 }],
      attributes: [{ name: 'size', values: [{ value: 'M' }, { value: 'S' }] }],
      price: { min: 30, max: 30 },
      in_stock: 1,
    });
  });

  it('follows changes and deletions of products', async () => {
    const productId = systemIds.next();
    await hear(productEvent('Lamp', {}, productId));
    await untilFound('q=lamp', 1);
    await hear(productEvent('Torch', {}, productId, 2));
    await untilFound('q=torch', 1);
    await hear(goneEnvelope(3, productId));
    await untilFound('q=torch', 0);
  });

  it('shows how a product is rated, and forgets it with the last review', async () => {
    const productId = systemIds.next();
    const rated = (version: number, average: number, count: number) =>
      eventAbout(
        productId,
        'review.rating_changed',
        { product_id: productId, version, average, count },
        version,
      );
    await hear(rated(2, 4.25, 8), productEvent('Lamp', {}, productId), productEvent('Torch'));
    const { body } = await untilFound('rating=4', 1);
    expect(body.items).toMatchObject([{ name: 'Lamp', rating: { average: 4.25, count: 8 } }]);
    expect(body.facets.ratings).toContainEqual({ at_least: 4, products: 1 });
    await hear(rated(3, 0, 0), rated(1, 5, 1));
    await untilFound('rating=1', 0);
    expect((await find('q=lamp')).body.items[0].rating).toBeUndefined();
  });

  it('takes ranges of attributes that are numbers', async () => {
    const disk = (name: string, storage: string) =>
      productEvent(name, { variants: [{ sku: `SKU-${name}`, currency: 'EUR', attributes: { storage } }] });
    await hear(disk('Small', '256 GB'), disk('Large', '1 TB'), disk('Bare', '7'));
    const { body } = await untilFound('attribute_range=storage:128..256%20GB', 1);
    expect(body.items).toMatchObject([{ name: 'Small' }]);
    expect(body.facets.ranges).toEqual([
      { name: 'storage', min: 7, max: 7 },
      { name: 'storage', unit: 'GB', min: 256, max: 256 },
      { name: 'storage', unit: 'TB', min: 1, max: 1 },
    ]);
    await untilFound('attribute_range=storage:..300GB&attribute_range=storage:1..%20TB', 2);
  });

  it('goes on with the cursor of the page before, in the same order only', async () => {
    await hear(...['A', 'B', 'C'].map((letter) => productEvent(`Lamp ${letter}`)));
    const { body } = await untilFound('q=lamp&limit=2', 3);
    const next = await find(`q=lamp&limit=2&cursor=${String(body.next_cursor)}`);
    const names = [...body.items, ...next.body.items].map(({ name }: { name: string }) => name);
    expect(names.toSorted()).toEqual(['Lamp A', 'Lamp B', 'Lamp C']);
    expect(next.body.next_cursor).toBeUndefined();
    expect(await find(`q=lamp&sort=newest&cursor=${String(body.next_cursor)}`)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_CURSOR' },
    });
  });

  it.each([
    'cursor=nonsense',
    'cursor=W10',
    'sort=best',
    'min_price=-1',
    'rating=6',
    'attribute=red',
    'attribute_range=storage',
    'attribute_range=storage:256',
    'attribute_range=storage:..',
    'attribute_range=storage:..%20GB',
    'attribute_range=storage:1,5..2',
    'attribute_range=storage:1..2..3',
    'attribute_range=storage:1..1e400',
    'attribute_range=:1..2',
    `attribute_range=storage:${'9'.repeat(400)}..`,
    Array(21).fill('attribute_range=a:1..2').join('&'),
    'limit=101',
    'in_stock=maybe',
  ])('must be valid, unlike %s', async (query) => {
    expect((await find(query)).status).toBe(400);
  });

  it('takes several values of a filter', async () => {
    await hear(
      productEvent('A', { brand: 'One' }),
      productEvent('B', { brand: 'Two' }),
      productEvent('C', { brand: 'Three' }),
    );
    await untilFound('brand=One&brand=Two', 2);
    await untilFound('brand=One', 1);
  });

  it.each(['lamp*', '(lamp)!', 'lamp;,/?:@$', "lamp'", 'lamp%26%2B%23'])(
    'takes any punctuation: %s',
    async (q) => {
      await hear(productEvent('Lamp'));
      await untilFound('q=lamp', 1);
      expect(await find(`q=${q}`)).toMatchObject({ status: 200, body: { total: 1 } });
    },
  );

  it('takes at most 500 characters', async () => {
    await hear(productEvent('Lamp'));
    await untilFound(`q=lamp${'%20'.repeat(400)}`, 1);
    expect((await find(`q=${'x'.repeat(501)}`)).status).toBe(400);
  });
});

describe('suggestions', () => {
  it('complete what was typed', async () => {
    await hear(productEvent('Lantern', { brand: 'Lakeside', subcategory: 'Lanterns' }));
    await untilFound('q=lantern', 1);
    expect((await service.send('GET', '/api/v1/search/suggestions?q=la')).body).toMatchObject({
      products: [{ name: 'Lantern' }],
      categories: ['Lanterns'],
      brands: ['Lakeside'],
    });
  });

  it('need a text', async () => {
    expect((await service.send('GET', '/api/v1/search/suggestions')).status).toBe(400);
  });
});

describe('a rule', () => {
  it('is used by the next search, until it is deleted', async () => {
    await hear(productEvent('Light'));
    await untilFound('q=light', 1);
    await untilFound('q=lamp', 0);
    const created = await send('POST', RULES, SYNONYMS);
    expect(created).toMatchObject({ status: 201, body: { version: 1, content: SYNONYMS } });
    expect((await find('q=lamp')).body).toMatchObject({ total: 1 });
    expect(await send('DELETE', `${RULES}/${String(created.body.rule_id)}`)).toMatchObject({ status: 204 });
    expect((await find('q=lamp')).body).toMatchObject({ total: 0 });
  });

  it('by another instance is used within five seconds', async () => {
    await hear(productEvent('Light'));
    await untilFound('q=light', 1);
    await find('q=lamp');
    const other = await module.compose({ ...service.toolbox, metrics: new Metrics('search') });
    if (!('createSearchRule' in other.handlers)) throw new Error('no such operation');
    const { createSearchRule } = other.handlers;
    if (typeof createSearchRule !== 'function') throw new Error('no such operation');
    await createSearchRule({ body: SYNONYMS });
    service.toolbox.clock.advance(5_000);
    expect((await find('q=lamp')).body).toMatchObject({ total: 1 });
  });

  it('leads a query to a page of the shop', async () => {
    await send('POST', RULES, { kind: 'redirect', query: 'Returns', url: '/help/returns' });
    expect((await find('q=returns')).body).toMatchObject({ redirect: '/help/returns' });
    expect((await find('q=return policy')).body.redirect).toBeUndefined();
  });

  it('puts products first', async () => {
    const productId = systemIds.next();
    await hear(productEvent('Torch', {}, productId), productEvent('Lamp'));
    await untilFound('q=lamp', 1);
    await send('POST', RULES, { kind: 'pins', query: 'lamp', product_ids: [productId] });
    const { body } = await find('q=lamp');
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['Torch', 'Lamp']);
  });

  it('is replaced if it is still at the version that the change is based on', async () => {
    const { body } = await send('POST', RULES, SYNONYMS);
    const path = `${RULES}/${String(body.rule_id)}`;
    const other = { kind: 'synonyms', words: ['lamp', 'torch'] };
    expect(await send('PUT', path, other, { 'if-match': '"1"' })).toMatchObject({
      status: 200,
      body: { version: 2, content: other },
    });
    expect((await send('PUT', path, other, { 'if-match': '"1"' })).status).toBe(412);
    expect(await send('PUT', path, { ...other, words: ['!', '?'] })).toMatchObject({ status: 422 });
    expect((await send('DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412);
    expect((await send('GET', RULES)).body.items).toMatchObject([{ version: 2 }]);
    expect(await send('PUT', `${RULES}/${systemIds.next()}`, other)).toMatchObject({
      status: 404,
      body: { code: 'RULE_NOT_FOUND' },
    });
  });

  it('is created once per Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'key-12345' };
    const first = await send('POST', RULES, SYNONYMS, key);
    expect(await send('POST', RULES, SYNONYMS, key)).toMatchObject({ status: 201, body: first.body });
    expect((await send('GET', RULES)).body.items).toHaveLength(1);
  });

  it.each([
    { kind: 'redirect', query: 'x', url: 'https://evil.example' },
    { kind: 'redirect', query: 'x', url: '//evil.example' },
    { kind: 'redirect', query: 'x', url: '/\\evil.example' },
    { kind: 'redirect', query: '?!', url: '/help' },
    { kind: 'synonyms', words: ['lamp', 'Lámp'] },
    { kind: 'synonyms', words: ['lamp', '!'] },
  ])('must be sensible, unlike %j', async (content) => {
    expect(await send('POST', RULES, content)).toMatchObject({ status: 422, body: { code: 'INVALID_RULE' } });
  });

  it('belongs to catalogue managers', async () => {
    const token = await service.toolbox.tokenOf('u-2');
    expect(await service.send('POST', RULES, { body: SYNONYMS, token })).toMatchObject({ status: 403 });
    expect(await service.send('GET', RULES)).toMatchObject({ status: 401 });
  });
});
