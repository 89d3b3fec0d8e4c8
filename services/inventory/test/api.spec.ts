import { beforeAll, describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import { openTestService } from '#test/kit/http.ts';
import type { StockItem } from '../core/domain/stock.ts';
import { inventory } from '../main/module.ts';
import { anId, anItem, lineOf, events } from './inventory.mother.ts';

describe('the inventory’s API', () => {
  const service = forAllTests(() => openTestService('memory', inventory));
  let manager: string;
  const productId = anId();
  const CATEGORY = anId();
  const plenty = anItem({ productId, sku: 'A-PLENTY' });
  const scarce = anItem({ productId, sku: 'B-SCARCE', stock: 7 });
  const gone = anItem({ productId, sku: 'C-GONE' });
  const staffer = anId();
  const orderId = anId();

  beforeAll(async () => {
    manager = await service.toolbox.tokenOf(staffer, 'inventory_manager');
    const { consumers = [] } = await inventory.compose(service.toolbox);
    await consumers[0]?.handle([
      events.product([plenty, scarce, gone]),
      events.product([plenty, scarce], 2, {
        name: 'Tee',
        category_ids: [CATEGORY],
        category_path: ['Clothes'],
        variants: [
          { attributes: { Colour: 'Red' }, images: ['/red.svg'] },
          { attributes: { Colour: 'Blue' }, images: [] },
        ],
      }),
      events.placed(orderId, [lineOf(scarce, 4)]),
    ]);
  });

  const adjust = (item: StockItem, body: object, headers: Record<string, string> = {}, token = manager) =>
    service.send('POST', `/api/v1/inventory/variants/${item.variantId}/adjustments`, {
      token,
      headers,
      body,
    });

  describe('availability', () => {
    it('is public per product, and shows only variants on sale', async () => {
      const answer = await service.send('GET', `/api/v1/inventory/${productId}`);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        product_id: productId,
        items: [
          { variant_id: plenty.variantId, sku: 'A-PLENTY', available: 20, status: 'in_stock' },
          { variant_id: scarce.variantId, sku: 'B-SCARCE', available: 3, status: 'low' },
        ],
      });
    });

    it('is public for many variants at once; a withdrawn one is sold out', async () => {
      const ids = [scarce, gone].map(({ variantId }) => variantId);
      const answer = await service.send('GET', `/api/v1/inventory?variant_ids=${ids.join(',')},${anId()}`);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        items: [
          { variant_id: scarce.variantId, sku: 'B-SCARCE', available: 3, status: 'low' },
          { variant_id: gone.variantId, sku: 'C-GONE', available: 0, status: 'sold_out' },
        ],
      });
    });

    it('of an unknown product is not found', async () => {
      expect(await service.send('GET', `/api/v1/inventory/${anId()}`)).toMatchObject({
        status: 404,
        body: { code: 'PRODUCT_NOT_FOUND' },
      });
    });

    it.each([
      ['an invalid product id', '/api/v1/inventory/not-an-id'],
      ['a request without ids', '/api/v1/inventory'],
      ['an invalid variant id', '/api/v1/inventory?variant_ids=x'],
      ['101 ids', `/api/v1/inventory?variant_ids=${Array.from({ length: 101 }, anId).join(',')}`],
    ])('refuses %s', async (_, path) => {
      expect(await service.send('GET', path)).toMatchObject({
        status: 400,
        body: { code: 'VALIDATION_FAILED' },
      });
    });

    it('is returned to services with the scope only', async () => {
      const ask = (token: string) =>
        service.send('POST', '/internal/v1/availability', {
          token,
          body: { variant_ids: [scarce.variantId, anId()] },
        });
      const answer = await ask(await service.toolbox.serviceToken('cart', 'stock:read'));
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ items: [{ variant_id: scarce.variantId, available: 3 }] });
      expect((await ask(await service.toolbox.serviceToken('cart', 'carts:read'))).status).toBe(403);
      expect((await ask(manager)).status).toBe(403);
    });
  });

  describe('stock', () => {
    it('is listed for staff, page by page', async () => {
      const read = (query: string) =>
        service.send('GET', `/api/v1/inventory/stock?limit=2${query}`, { token: manager });
      const first = await read('');
      expect(first).toMatchObject({
        status: 200,
        body: {
          items: [
            {
              sku: 'A-PLENTY',
              stock_count: 20,
              reserved_count: 0,
              status: 'in_stock',
              low_stock_threshold: 5,
            },
            { sku: 'B-SCARCE', stock_count: 7, reserved_count: 4, available: 3, status: 'low' },
          ],
        },
      });
      const { next_cursor } = first.body as { next_cursor: string };
      const second = await read(`&cursor=${next_cursor}`);
      expect(second.body).toEqual({
        items: [expect.objectContaining({ sku: 'C-GONE', withdrawn: true, status: 'sold_out' })],
      });
    });

    it('can be filtered to low stock', async () => {
      const low = await service.send('GET', '/api/v1/inventory/stock?low=true', { token: manager });
      expect(low.body).toEqual({ items: [expect.objectContaining({ sku: 'B-SCARCE' })] });
    });

    it('shows what it is of', async () => {
      const { body } = await service.send('GET', '/api/v1/inventory/stock', { token: manager });
      const shown = { name: 'Tee', category_path: ['Clothes'] };
      expect(body.items).toEqual([
        expect.objectContaining({ ...shown, attributes: { Colour: 'Red' }, image: '/red.svg' }),
        expect.not.objectContaining({ image: expect.anything() }),
        expect.objectContaining({ sku: 'C-GONE', name: 'sample' }),
      ]);
      expect(body.items[1]).toMatchObject({ ...shown, attributes: { Colour: 'Blue' } });
    });

    it.each([
      ['q=tee', ['A-PLENTY', 'B-SCARCE']],
      ['q=blue%20TEE', ['B-SCARCE']],
      ['q=a-pl', ['A-PLENTY']],
      ['q=kettle', []],
      [`category_id=${CATEGORY.toUpperCase()}`, ['A-PLENTY', 'B-SCARCE']],
      [`category_id=${CATEGORY}&q=c-gone`, []],
      [`category_id=${CATEGORY}&low=true`, ['B-SCARCE']],
    ])('is found by %s', async (query, skus) => {
      const { body } = await service.send('GET', `/api/v1/inventory/stock?${query}`, { token: manager });
      expect(body.items.map((item: { readonly sku: string }) => item.sku)).toEqual(skus);
    });

    it('has the reservations that hold its units', async () => {
      const read = (variantId: string) =>
        service.send('GET', `/api/v1/inventory/variants/${variantId}/reservations`, { token: manager });
      expect((await read(scarce.variantId)).body).toEqual({
        items: [{ order_id: orderId, attempt: 1, quantity: 4 }],
      });
      expect((await read(plenty.variantId)).body).toEqual({ items: [] });
      expect(await read(anId())).toMatchObject({ status: 404, body: { code: 'VARIANT_NOT_FOUND' } });
    });

    it('is visible to staff only', async () => {
      const customer = await service.toolbox.tokenOf(anId(), 'customer');
      expect((await service.send('GET', '/api/v1/inventory/stock')).status).toBe(401);
      expect((await service.send('GET', '/api/v1/inventory/stock', { token: customer })).status).toBe(403);
      expect((await adjust(plenty, { delta: 1, reason: 'x' }, {}, customer)).status).toBe(403);
      for (const path of ['adjustments', `variants/${plenty.variantId}/reservations`])
        expect((await service.send('GET', `/api/v1/inventory/${path}`, { token: customer })).status).toBe(
          403,
        );
    });

    it('refuses a cursor that it did not issue', async () => {
      const variant = `variants/${plenty.variantId}`;
      for (const path of ['stock', 'adjustments', `${variant}/adjustments`, `${variant}/reservations`]) {
        expect(
          await service.send('GET', `/api/v1/inventory/${path}?cursor=abc`, {
            token: manager,
          }),
        ).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
      }
    });
  });

  describe('an adjustment', () => {
    it('changes the stock, and is stored with actor, reason and result', async () => {
      const made = await adjust(plenty, { delta: -5, reason: 'Broken in transport' });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({
        variant_id: plenty.variantId,
        delta: -5,
        reason: 'Broken in transport',
        adjusted_by: staffer,
        stock_count: 15,
        adjusted_at: '2026-03-01T12:00:00.000Z',
      });
      const listed = await service.send('GET', `/api/v1/inventory/variants/${plenty.variantId}/adjustments`, {
        token: manager,
      });
      expect(listed.body).toEqual({ items: [made.body] });
    });

    it('happens once per Idempotency-Key', async () => {
      const headers = { 'idempotency-key': 'adjust-once' };
      const first = await adjust(gone, { delta: 2, reason: 'Found' }, headers);
      const again = await adjust(gone, { delta: 2, reason: 'Found' }, headers);
      const other = await adjust(gone, { delta: 3, reason: 'Found' }, headers);
      expect(first.body).toMatchObject({ stock_count: 22 });
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    });

    it('does not remove reserved units', async () => {
      expect(await adjust(scarce, { delta: -4, reason: 'Counted' })).toMatchObject({
        status: 409,
        body: { code: 'BELOW_RESERVED' },
      });
    });

    it('that takes stock below the threshold is published', async () => {
      const item = anItem();
      const { consumers = [] } = await inventory.compose(service.toolbox);
      await consumers[0]?.handle([events.product([item])]);
      await adjust(item, { delta: -15, reason: 'Broken' });
      await adjust(item, { delta: -1, reason: 'Broken' });
      const low = (await service.toolbox.announced()).filter(
        ({ aggregate_id }) => aggregate_id === item.variantId,
      );
      expect(low).toMatchObject([
        { event_type: 'inventory.low_stock', payload: { available: 5, threshold: 5 } },
      ]);
    });

    it.each([
      [{ delta: 0, reason: 'Nothing' }],
      [{ delta: 1.5, reason: 'Half' }],
      [{ delta: 1_000_001, reason: 'Too many' }],
      [{ delta: 1, reason: '' }],
      [{ delta: 1 }],
      [{ delta: 1, reason: 'x', by: 'me' }],
    ])('refuses %j', async (body) => {
      expect((await adjust(plenty, body)).status).toBe(400);
    });

    it('is in the log of all SKUs, by actor, time and kind', async () => {
      const item = anItem();
      const { consumers = [] } = await inventory.compose(service.toolbox);
      await consumers[0]?.handle([events.product([item], 1, { name: 'Chair' })]);
      await adjust(item, { delta: 3, reason: 'Found behind a shelf' });
      const read = async (query: string) => {
        const path = `/api/v1/inventory/adjustments?sku=${item.sku}&${query}`;
        return (await service.send('GET', path, { token: manager })).body.items as readonly object[];
      };
      const found = expect.objectContaining({ sku: item.sku, name: 'Chair', delta: 3, stock_count: 23 });
      for (const query of [
        `adjusted_by=${staffer}`,
        'kind=correction',
        'reason=Found%20behind%20a%20shelf',
        'from=2026-03-01T12:00:00Z&to=2026-03-01T12:00:01Z',
      ])
        expect(await read(query)).toEqual([found]);
      for (const query of ['adjusted_by=system', 'kind=return', 'reason=Found', 'to=2026-03-01T12:00:00Z'])
        expect(await read(query)).toEqual([]);
    });

    it('needs an existing variant', async () => {
      const posted = await adjust(anItem(), { delta: 1, reason: 'Found' });
      const listed = await service.send('GET', `/api/v1/inventory/variants/${anId()}/adjustments`, {
        token: manager,
      });
      expect(posted).toMatchObject({ status: 404, body: { code: 'VARIANT_NOT_FOUND' } });
      expect(listed).toMatchObject({ status: 404, body: { code: 'VARIANT_NOT_FOUND' } });
    });
  });

  describe('the threshold', () => {
    const set = (variantId: string, threshold: number) =>
      service.send('PUT', `/api/v1/inventory/variants/${variantId}/threshold`, {
        token: manager,
        body: { low_stock_threshold: threshold },
      });

    it('determines when stock is low', async () => {
      const answer = await set(scarce.variantId, 2);
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ low_stock_threshold: 2, available: 3, status: 'in_stock' });
    });

    it('does not document If-Match, which it does not support', async () => {
      expect((await set(scarce.variantId, 2)).headers.get('etag')).toBeNull();
    });

    it('is not negative, and needs an existing variant', async () => {
      expect((await set(scarce.variantId, -1)).status).toBe(400);
      expect(await set(anId(), 1)).toMatchObject({ status: 404, body: { code: 'VARIANT_NOT_FOUND' } });
    });
  });
});
