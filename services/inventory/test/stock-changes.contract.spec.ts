import { beforeEach, describe, expect, it } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import type { StockItem } from '../core/domain/stock.ts';
import { inventory } from '../main/module.ts';
import { anId, anItem, events, lineOf } from './inventory.mother.ts';

const STAFFER = anId();

describe.each(STORES)('changes of many SKUs by staff in %s', (store) => {
  const service = serviceForEachTest(inventory, { store });
  let token: string;
  beforeEach(async () => {
    token = await service.toolbox.tokenOf(STAFFER, 'inventory_manager');
  });

  const hear = async (...batch: Parameters<(typeof service.consumers)[number]['handle']>[0]) => {
    for (const consumer of service.consumers) await consumer.handle(batch);
  };
  const stocked = async (units: number): Promise<StockItem> => {
    const item = anItem({ stock: units });
    await hear(events.product([item]));
    return item;
  };
  const count = (items: readonly object[], headers: Record<string, string> = {}, as = token) =>
    service.send('POST', '/api/v1/inventory/adjustments', {
      token: as,
      headers,
      body: { reason: 'Stocktaking', items },
    });
  const setThresholds = (items: readonly object[], as = token): Promise<Answered> =>
    service.send('PATCH', '/api/v1/inventory/thresholds', { token: as, body: { items } });
  const log = async (): Promise<readonly object[]> =>
    (await service.send('GET', '/api/v1/inventory/adjustments', { token })).body.items as readonly object[];
  const result = (status: string, current: object = {}): unknown =>
    expect.objectContaining({ status, current: expect.objectContaining(current) as unknown });

  describe('of units', () => {
    it('set or add them, by SKU or variant, in order, with one result per row', async () => {
      const [a, b] = [await stocked(5), await stocked(1)];
      const { status, body } = await count([
        { sku: a.sku, set: 20 },
        { variant_id: b.variantId.toUpperCase(), add: -1, reason: 'Broken' },
        { sku: a.sku, add: -3 },
        { sku: a.sku, set: 17 },
        { sku: 'UNKNOWN', set: 1 },
        { variant_id: anId(), add: 1 },
      ]);
      expect(status).toBe(200);
      expect(body.items).toEqual([
        result('applied', { sku: a.sku, stock_count: 20, version: 2 }),
        result('applied', { sku: b.sku, stock_count: 0, status: 'sold_out' }),
        result('applied', { stock_count: 17, version: 3 }),
        result('unchanged', { stock_count: 17, version: 3 }),
        { status: 'unknown' },
        { status: 'unknown' },
      ]);
      expect(await log()).toHaveLength(3);
      expect(await log()).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ sku: a.sku, delta: 15, reason: 'Stocktaking', adjusted_by: STAFFER }),
          expect.objectContaining({ sku: b.sku, delta: -1, reason: 'Broken', stock_count: 0 }),
        ]),
      );
    });

    it('never remove reserved units; other rows are not affected', async () => {
      const [free, reserved] = [await stocked(5), await stocked(5)];
      await hear(events.placed(anId(), [lineOf(reserved, 4)]));
      const { body } = await count([
        { sku: reserved.sku, set: 3 },
        { sku: free.sku, add: -6 },
        { sku: free.sku, set: 0 },
      ]);
      expect(body.items).toEqual([
        {
          status: 'refused',
          code: 'BELOW_RESERVED',
          detail: expect.any(String),
          current: expect.objectContaining({ stock_count: 5, reserved_count: 4 }),
        },
        expect.objectContaining({ status: 'refused', code: 'BELOW_RESERVED' }),
        result('applied', { stock_count: 0 }),
      ]);
    });

    it('conflict if the count is not as expected; reservations do not count', async () => {
      const item = await stocked(5);
      await hear(events.placed(anId(), [lineOf(item, 1)]));
      await count([{ sku: item.sku, set: 8, expected_count: 5 }]);
      const { body } = await count([
        { sku: item.sku, set: 9, expected_count: 5 },
        { sku: item.sku, add: 1, expected_count: 5 },
        { sku: item.sku, set: 8, expected_count: 5 },
        { sku: item.sku, add: 1, expected_count: 8 },
      ]);
      expect(body.items).toEqual([
        result('conflict', { stock_count: 8 }),
        result('conflict', { stock_count: 8 }),
        result('unchanged', { stock_count: 8 }),
        result('applied', { stock_count: 9 }),
      ]);
    });

    it('conflict if the version is not as expected', async () => {
      const item = await stocked(5);
      await hear(events.placed(anId(), [lineOf(item, 1)]));
      const { body } = await count([
        { sku: item.sku, set: 8, expected_version: 1 },
        { sku: item.sku, set: 8, expected_version: 2 },
      ]);
      expect(body.items).toEqual([
        result('conflict', { stock_count: 5, version: 2 }),
        result('applied', { stock_count: 8, version: 3 }),
      ]);
    });

    it('are made once per Idempotency-Key, with the results of the first time', async () => {
      const item = await stocked(5);
      const headers = { 'idempotency-key': 'count-once' };
      const rows = [{ sku: item.sku, add: 2 }];
      const first = await count(rows, headers);
      await count([{ sku: item.sku, add: 1 }]);
      const [again, same] = await Promise.all([count(rows, headers), count(rows, headers)]);
      expect(first.body.items).toEqual([result('applied', { stock_count: 7 })]);
      expect([again.body, same.body]).toEqual([first.body, first.body]);
      expect(await count([{ sku: item.sku, add: 3 }], headers)).toMatchObject({
        status: 422,
        body: { code: 'IDEMPOTENCY_KEY_REUSED' },
      });
      expect(await log()).toHaveLength(2);
    });

    it('are all made when many arrive at once', async () => {
      const items = [await stocked(5), await stocked(5)];
      const rows = items.map(({ sku }) => ({ sku, add: 1 }));
      await Promise.all([count(rows), count(rows.toReversed()), count(rows)]);
      expect((await count(rows)).body.items).toEqual(items.map(() => result('applied', { stock_count: 9 })));
    });

    it('are published', async () => {
      const item = await stocked(20);
      const before = (await service.toolbox.announced()).length;
      await count([
        { sku: item.sku, set: 5 },
        { sku: item.sku, set: 0 },
      ]);
      expect((await service.toolbox.announced()).slice(before)).toMatchObject([
        { event_type: 'inventory.low_stock', payload: { sku: item.sku, available: 5 } },
        { event_type: 'inventory.availability_changed', payload: { sku: item.sku, is_available: false } },
        { event_type: 'inventory.stock_changed', payload: { sku: item.sku, on_hand: 0, version: 3 } },
      ]);
    });

    it('are of the variant on sale, of those that had the SKU', async () => {
      const first = await stocked(5);
      const second = { ...anItem(), sku: first.sku };
      await hear(events.deleted(first.productId, 2), events.product([second]));
      const { body } = await count([{ sku: first.sku, add: 1 }]);
      expect(body.items).toEqual([result('applied', { variant_id: second.variantId, stock_count: 6 })]);
    });

    it('are at most 500', async () => {
      const { sku } = await stocked(0);
      const many = Array.from({ length: 501 }, () => ({ sku, add: 1, reason: 'ü'.repeat(200) }));
      expect((await count(many)).status).toBe(400);
      expect((await count(many.slice(1))).body.items.at(-1)).toEqual(result('applied', { stock_count: 500 }));
    });

    it.each([
      ['no row', []],
      ['no target', [{ set: 1 }]],
      ['two targets', [{ sku: 'A', variant_id: anId(), set: 1 }]],
      ['neither', [{ sku: 'A' }]],
      ['both', [{ sku: 'A', set: 1, add: 1 }]],
      ['nothing to add', [{ sku: 'A', add: 0 }]],
      ['fewer than none', [{ sku: 'A', set: -1 }]],
      ['part of a unit', [{ sku: 'A', set: 1.5 }]],
      ['too many units', [{ sku: 'A', set: 1_000_001 }]],
      ['no reason', [{ sku: 'A', set: 1, reason: '' }]],
      ['something else', [{ sku: 'A', set: 1, by: 'me' }]],
    ])('are refused as a whole with %s', async (_, rows: readonly object[]) => {
      expect((await count(rows)).status).toBe(400);
    });
  });

  describe('of thresholds', () => {
    it('have one result per row', async () => {
      const [a, b] = [await stocked(6), await stocked(20)];
      const { status, body } = await setThresholds([
        { sku: a.sku, low_stock_threshold: 8, expected_threshold: 5 },
        { variant_id: b.variantId, low_stock_threshold: 5 },
        { sku: a.sku, low_stock_threshold: 9, expected_threshold: 5 },
        { sku: b.sku, low_stock_threshold: 9, expected_version: 7 },
        { sku: 'UNKNOWN', low_stock_threshold: 1 },
      ]);
      expect(status).toBe(200);
      expect(body.items).toEqual([
        result('applied', { sku: a.sku, low_stock_threshold: 8, status: 'low', version: 2 }),
        result('unchanged', { sku: b.sku, version: 1 }),
        result('conflict', { low_stock_threshold: 8 }),
        result('conflict', { low_stock_threshold: 5 }),
        { status: 'unknown' },
      ]);
    });

    it('may be repeated', async () => {
      const { sku } = await stocked(6);
      const rows = [{ sku, low_stock_threshold: 8, expected_threshold: 5 }];
      await setThresholds(rows);
      expect((await setThresholds(rows)).body.items).toEqual([
        result('unchanged', { low_stock_threshold: 8 }),
      ]);
    });

    it.each([
      [[]],
      [[{ sku: 'A' }]],
      [[{ low_stock_threshold: 1 }]],
      [[{ sku: 'A', low_stock_threshold: -1 }]],
    ])('are refused as a whole: %j', async (rows: readonly object[]) => {
      expect((await setThresholds(rows)).status).toBe(400);
    });
  });

  it('are for staff only', async () => {
    const { sku } = await stocked(5);
    for (const other of [
      await service.toolbox.tokenOf(anId(), 'customer'),
      await service.toolbox.tokenOf(anId(), 'catalog_manager'),
    ]) {
      expect((await count([{ sku, set: 1 }], {}, other)).status).toBe(403);
      expect((await setThresholds([{ sku, low_stock_threshold: 1 }], other)).status).toBe(403);
    }
  });
});
