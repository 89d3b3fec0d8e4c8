import { beforeEach, describe, expect, it } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import type { StockItem } from '../core/domain/stock.ts';
import { inventory } from '../main/module.ts';
import { anId, anItem, events, lineOf } from './inventory.mother.ts';

const STAFFER = anId();

describe.each(STORES)('adjustments of many SKUs in %s', (store) => {
  const service = serviceForEachTest(inventory, { store });
  let token: string;
  beforeEach(async () => {
    token = await service.toolbox.serviceToken('catalog', 'stock:write');
  });

  const hear = async (...batch: Parameters<(typeof service.consumers)[number]['handle']>[0]) => {
    for (const consumer of service.consumers) await consumer.handle(batch);
  };
  const stocked = async (units: number): Promise<StockItem> => {
    const item = anItem({ stock: units });
    await hear(events.product([item]));
    return item;
  };
  const adjustment = ({ sku }: Pick<StockItem, 'sku'>, delta: number, changes: object = {}) => ({
    adjustment_id: anId(),
    sku,
    delta,
    reason: 'Delivery 4711',
    adjusted_by: STAFFER,
    ...changes,
  });
  const send = (adjustments: readonly object[], as = token): Promise<Answered> =>
    service.send('POST', '/internal/v1/stock-adjustments', { token: as, body: { adjustments } });
  const made = (stock_count: number) => ({ outcome: 'adjusted', stock_count });
  const refused = (code: string) => ({ outcome: 'refused', code, detail: expect.any(String) });
  const audit = async ({ variantId }: StockItem): Promise<readonly object[]> => {
    const manager = await service.toolbox.tokenOf(STAFFER, 'inventory_manager');
    const path = `/api/v1/inventory/variants/${variantId}/adjustments`;
    return (await service.send('GET', path, { token: manager })).body.items as readonly object[];
  };

  it('are made in order, and listed with actor, reason and result', async () => {
    const [a, b] = [await stocked(5), await stocked(1)];
    const { status, body } = await send([adjustment(a, 20), adjustment(b, -1), adjustment(a, -3)]);
    expect([status, body.items]).toEqual([200, [made(25), made(0), made(22)]]);
    expect(await audit(b)).toEqual([
      expect.objectContaining({
        delta: -1,
        reason: 'Delivery 4711',
        adjusted_by: STAFFER,
        stock_count: 0,
        adjusted_at: '2026-03-01T12:00:00.000Z',
      }),
    ]);
    expect(await audit(a)).toHaveLength(2);
  });

  it('are made once per ID, with the outcome of the first time', async () => {
    const item = await stocked(5);
    const batch = [adjustment(item, 20)];
    expect((await send(batch)).body.items).toEqual([made(25)]);
    await send([adjustment(item, 1)]);
    expect((await send([...batch, ...batch])).body.items).toEqual([made(25), made(25)]);
    expect(await audit(item)).toHaveLength(2);
  });

  it('are made once when they arrive several times at once', async () => {
    const items = [await stocked(5), await stocked(5)];
    const batch = items.map((item) => adjustment(item, 20));
    const responses = await Promise.all([send(batch), send(batch.toReversed()), send(batch)]);
    for (const { body } of responses) expect(body.items).toEqual([made(25), made(25)]);
    for (const item of items) expect(await audit(item)).toHaveLength(1);
  });

  it('are refused separately: reserved units stay, and an unknown SKU has no stock', async () => {
    const [free, reserved] = [await stocked(5), await stocked(5)];
    await hear(events.placed(anId(), [lineOf(reserved, 4)]));
    const batch = [
      adjustment(reserved, -2),
      adjustment({ sku: 'UNKNOWN' }, 1),
      adjustment(free, -5),
      adjustment(free, -1),
    ];
    const { body } = await send(batch);
    expect(body.items).toEqual([
      refused('BELOW_RESERVED'),
      refused('SKU_NOT_FOUND'),
      made(0),
      refused('BELOW_RESERVED'),
    ]);
    expect(await audit(reserved)).toEqual([]);
    // What was refused may be made later.
    await send([adjustment(reserved, 1)]);
    expect((await send(batch.slice(0, 1))).body.items).toEqual([made(4)]);
  });

  it('are published as those by staff are', async () => {
    const [item, empty] = [await stocked(20), await stocked(0)];
    const before = (await service.toolbox.announced()).length;
    await send([adjustment(item, -15), adjustment(empty, 1), adjustment(item, -5)]);
    expect((await service.toolbox.announced()).slice(before)).toMatchObject([
      { event_type: 'inventory.low_stock', payload: { sku: item.sku, available: 5 } },
      { event_type: 'inventory.availability_changed', payload: { sku: empty.sku, is_available: true } },
      { event_type: 'inventory.availability_changed', payload: { sku: item.sku, is_available: false } },
      { event_type: 'inventory.stock_changed', payload: { sku: item.sku, on_hand: 0, version: 3 } },
      { event_type: 'inventory.stock_changed', payload: { sku: empty.sku, on_hand: 1, version: 2 } },
    ]);
  });

  it('are recorded with the variant on sale, of those that had the SKU', async () => {
    const first = await stocked(5);
    const second = { ...anItem(), sku: first.sku };
    await hear(events.deleted(first.productId, 2), events.product([second]));
    await send([adjustment(first, 1)]);
    expect(await audit(second)).toMatchObject([{ variant_id: second.variantId, stock_count: 6 }]);
  });

  it('are at most 500', async () => {
    const item = await stocked(0);
    const many = Array.from({ length: 501 }, () => adjustment(item, 1, { reason: 'ü'.repeat(200) }));
    expect((await send(many)).status).toBe(400);
    expect((await send(many.slice(1))).body.items.at(-1)).toEqual(made(500));
  });

  it('are accepted from the catalog only', async () => {
    const batch = [adjustment(await stocked(5), 1)];
    const { toolbox } = service;
    for (const other of [
      await toolbox.serviceToken('catalog', 'stock:read'),
      await toolbox.serviceToken('cart', 'stock:write'),
      await toolbox.tokenOf(STAFFER, 'admin'),
    ])
      expect((await send(batch, other)).status).toBe(403);
  });

  it.each([
    ['no adjustment', []],
    ['a delta of zero', [{ delta: 0 }]],
    ['part of a unit', [{ delta: 1.5 }]],
    ['too many units', [{ delta: 1_000_001 }]],
    ['no reason', [{ reason: '' }]],
    ['too long a reason', [{ reason: 'x'.repeat(201) }]],
    ['an ID that is none', [{ adjustment_id: 'x' }]],
  ])('are refused as a whole with %s', async (_, wrong: readonly object[]) => {
    const item = await stocked(5);
    const batch = wrong.map((changes) => adjustment(item, 1, changes));
    expect((await send(batch)).status).toBe(400);
  });
});
