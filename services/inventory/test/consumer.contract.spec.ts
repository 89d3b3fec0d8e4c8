import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { memoryStockQueries } from '../adapters/memory/inventory.memory.ts';
import { postgresStockQueries } from '../adapters/postgres/stock-queries.postgres.ts';
import type { StockItem } from '../core/domain/stock.ts';
import type { StockQueries } from '../core/ports/stock-queries.ts';
import { inventory } from '../main/module.ts';
import { anId, anItem, lineOf, events } from './inventory.mother.ts';

const [PARENT, CATEGORY] = [anId(), anId()];

describe.each(STORES)('events consumed by the inventory in %s', (store) => {
  const toolbox = forEachTest(() =>
    openToolbox(store, inventory, { env: { INVENTORY_LOW_STOCK_THRESHOLD: '3' } }),
  );
  let consumer: Subscription;
  let queries: StockQueries;

  beforeEach(async () => {
    const { consumers = [] } = await inventory.compose(toolbox);
    const [first] = consumers;
    if (!first) throw new Error('no consumer');
    consumer = first;
    queries =
      toolbox.store.kind === 'memory'
        ? memoryStockQueries(toolbox.store.database)
        : postgresStockQueries(toolbox.store.database);
  });

  const hear = (...batch: readonly EventEnvelope[]): Promise<void> => consumer.handle(batch);
  const countsOf = async ({ variantId }: StockItem): Promise<readonly number[]> => {
    const [item] = await queries.ofVariants([variantId]);
    return item ? [item.stock, item.reserved] : [];
  };
  const AVAILABILITY = 'inventory.availability_changed';
  const COUNT = 'inventory.stock_changed';
  const announced = async () =>
    (await toolbox.announced()).filter(
      ({ event_type }) => event_type !== AVAILABILITY && event_type !== COUNT,
    );
  const counts = async () => (await toolbox.announced()).filter(({ event_type }) => event_type === COUNT);
  const availability = async () =>
    (await toolbox.announced())
      .filter(({ event_type }) => event_type === AVAILABILITY)
      .map(({ payload }) => payload);
  const parked = () => toolbox.stores.deadLetters.list(10);

  it('start each variant with its initial stock, later ones as well; a second initial stock is ignored', async () => {
    const first = anItem({ stock: 7 });
    const second = anItem({ productId: first.productId, stock: 2 });
    await hear(events.product([first]));
    await hear(events.product([{ ...first, stock: 99 }, second], 2));
    expect(await queries.ofProduct(first.productId)).toEqual([
      { ...first, lowStockThreshold: 3 },
      { ...second, lowStockThreshold: 3 },
    ]);
  });

  it('let the highest version of a product win, in one batch and across batches', async () => {
    const kept = anItem();
    const dropped = anItem({ productId: kept.productId });
    await hear(events.product([kept], 3), events.product([kept, dropped], 2));
    await hear(events.product([kept, dropped], 1));
    expect(await queries.ofProduct(kept.productId)).toMatchObject([
      { variantId: kept.variantId, withdrawn: false },
      { variantId: dropped.variantId, withdrawn: true },
    ]);
  });

  it('name variants as the newest version of their product does', async () => {
    const [item, dropped] = [anItem(), anItem()];
    const both = [item, { ...dropped, productId: item.productId }];
    const labels = async () => {
      const page = await queries.page({ limit: 9, low: false });
      return page.ok ? page.value.items.map(({ label }) => label) : [];
    };
    await hear(
      events.product([item], 3, {
        name: 'Newest',
        category_ids: [PARENT, CATEGORY],
        category_path: ['Home', 'Lamps'],
        variants: [{ attributes: { Colour: 'Oak' }, images: ['/oak.svg', '/side.svg'] }],
      }),
      events.product(both, 2, { name: 'Older' }),
    );
    await hear(events.product(both, 1, { name: 'Oldest' }));
    expect(await labels()).toEqual([
      {
        variantId: item.variantId,
        sku: item.sku,
        name: 'Newest',
        attributes: { Colour: 'Oak' },
        categoryIds: [PARENT, CATEGORY],
        categoryPath: ['Home', 'Lamps'],
        image: '/oak.svg',
      },
      expect.objectContaining({ sku: dropped.sku, name: 'Older' }),
    ]);
    await hear(events.deleted(item.productId, 4));
    expect(await labels()).toMatchObject([{ name: 'Newest' }, { name: 'Older' }]);
  });

  it('name the category of a product that is not filed yet', async () => {
    await hear(events.product([anItem()], 1, { category: 'Home', subcategory: '' }));
    expect(await queries.page({ limit: 9, low: false })).toMatchObject({
      value: { items: [{ label: { categoryIds: [], categoryPath: ['Home'] } }] },
    });
  });

  it('withdraw the variants of a deleted product, even if its creation arrives later', async () => {
    const [known, late] = [anItem(), anItem()];
    await hear(events.product([known]));
    await hear(events.deleted(known.productId, 2), events.deleted(late.productId, 2));
    await hear(events.product([late]), events.placed(anId(), [lineOf(known, 1)]));
    expect(await queries.ofProduct(known.productId)).toMatchObject([{ withdrawn: true, reserved: 0 }]);
    expect(await queries.ofProduct(late.productId)).toMatchObject([{ withdrawn: true, stock: 20 }]);
    expect(await announced()).toMatchObject([{ event_type: 'inventory.out_of_stock' }]);
  });

  it('publish when the first unit of a SKU becomes available, and when the last is reserved', async () => {
    const item = anItem({ stock: 2 });
    const empty = anItem({ productId: item.productId, stock: 0 });
    const [one, two] = [anId(), anId()];
    await hear(events.product([item, empty]));
    await hear(events.placed(one, [lineOf(item, 1)]));
    const { sku } = item;
    expect(await availability()).toEqual([{ sku, version: 1, is_available: true }]);
    await hear(events.placed(two, [lineOf(item, 1)]));
    await hear(events.cancelled(one, [lineOf(item, 1)]));
    expect(await availability()).toEqual([
      { sku, version: 1, is_available: true },
      { sku, version: 3, is_available: false },
      { sku, version: 4, is_available: true },
    ]);
  });

  it('publish how many units there are whenever that changes, with the cause; reservations change nothing', async () => {
    const item = anItem();
    const empty = anItem({ productId: item.productId, stock: 0 });
    const [sent, dropped] = [anId(), anId()];
    const lines = [lineOf(item, 2)];
    await hear(events.product([item, empty]));
    await hear(events.placed(sent, lines), events.placed(dropped, lines), events.cancelled(dropped, lines));
    const count = ({ sku, variantId, productId }: StockItem, version: number, on_hand: number) => ({
      key: sku,
      payload: {
        sku,
        product_id: productId,
        variant_id: variantId,
        version,
        on_hand,
        changed_at: toolbox.clock.now().toISOString(),
      },
    });
    expect(await counts()).toMatchObject([count(item, 1, 20), count(empty, 1, 0)]);
    const dispatched = events.dispatched(sent, lines);
    await hear(dispatched);
    await hear(events.caseResolved(sent, lines, true, 1));
    const [, , left, back] = await counts();
    expect([left, back]).toMatchObject([
      { ...count(item, 5, 18), causation_id: dispatched.event_id },
      count(item, 6, 20),
    ]);
  });

  it('publish one count for a SKU that several parcels of a batch take units of', async () => {
    const item = anItem();
    const orders = [anId(), anId()];
    const lines = [lineOf(item, 2)];
    await hear(events.product([item]), ...orders.map((order) => events.placed(order, lines)));
    await hear(...orders.map((order) => events.dispatched(order, lines)));
    expect((await counts()).map(({ payload }) => payload)).toMatchObject([{ on_hand: 20 }, { on_hand: 16 }]);
  });

  it('reserve an order, and publish that with its cause', async () => {
    const item = anItem();
    const orderId = anId();
    await hear(events.product([item]));
    const placed = events.placed(orderId, [lineOf(item, 2), lineOf(item, 1)]);
    await hear(placed);
    expect(await countsOf(item)).toEqual([20, 3]);
    expect(await announced()).toMatchObject([
      {
        event_type: 'inventory.reserved',
        key: orderId,
        correlation_id: placed.correlation_id,
        causation_id: placed.event_id,
        payload: {
          order_id: orderId,
          attempt: 1,
          items: [{ product_id: item.productId, variant_id: item.variantId, quantity: 3 }],
        },
      },
    ]);
  });

  it('serve the orders of a batch in sequence while stock lasts', async () => {
    const item = anItem({ stock: 5 });
    const orders = [anId(), anId(), anId(), anId()];
    await hear(events.product([item]));
    await hear(
      ...orders.map((orderId, index) => events.placed(orderId, [lineOf(item, [2, 4, 2, 1][index] ?? 0)])),
    );
    expect(await countsOf(item)).toEqual([5, 5]);
    expect(await announced()).toMatchObject([
      { event_type: 'inventory.reserved', payload: { order_id: orders[0] } },
      { event_type: 'inventory.low_stock', payload: { available: 3, threshold: 3, sku: item.sku } },
      {
        event_type: 'inventory.out_of_stock',
        payload: { order_id: orders[1], shortages: [{ requested: 4, available: 3 }] },
      },
      { event_type: 'inventory.reserved', payload: { order_id: orders[2] } },
      { event_type: 'inventory.reserved', payload: { order_id: orders[3] } },
    ]);
  });

  it('take effect once, delivered again alone, in a batch, or under another id', async () => {
    const item = anItem();
    const orderId = anId();
    const placed = events.placed(orderId, [lineOf(item, 2)]);
    await hear(events.product([item]), placed, placed);
    await hear(placed);
    await hear(events.placed(orderId, [lineOf(item, 2)]));
    expect(await countsOf(item)).toEqual([20, 2]);
    expect(await announced()).toHaveLength(1);
  });

  it('of a whole order may arrive in one batch, in any order', async () => {
    const item = anItem({ stock: 10 });
    const [kept, cancelled] = [anId(), anId()];
    const lines = [lineOf(item, 2)];
    await hear(
      events.cancelled(cancelled, lines),
      events.dispatched(kept, lines),
      events.product([item]),
      events.placed(kept, lines),
      events.placed(cancelled, lines),
    );
    expect(await countsOf(item)).toEqual([8, 0]);
    expect(await announced()).toMatchObject([
      { event_type: 'inventory.reserved', payload: { order_id: kept } },
    ]);
    expect(await parked()).toEqual([]);
  });

  it('release a cancelled order once', async () => {
    const item = anItem();
    const orderId = anId();
    const lines = [lineOf(item, 4)];
    await hear(events.product([item]), events.placed(orderId, lines));
    await hear(events.cancelled(orderId, lines));
    await hear(events.cancelled(orderId, lines));
    expect(await countsOf(item)).toEqual([20, 0]);
  });

  it('release nothing of a parcel that was dispatched before its order was cancelled, in whatever order they arrive', async () => {
    const item = anItem();
    const orderId = anId();
    const lines = [lineOf(item, 4)];
    await hear(events.product([item]), events.placed(orderId, lines));
    await hear(events.cancelled(orderId, lines, 1));
    expect(await countsOf(item)).toEqual([16, 0]);
    await hear(events.dispatched(orderId, lines));
    expect(await countsOf(item)).toEqual([16, 0]);
  });

  it('reserve and publish nothing for an order whose cancellation arrives first', async () => {
    const item = anItem();
    const orderId = anId();
    const lines = [lineOf(item, 4)];
    await hear(events.product([item]));
    await hear(events.cancelled(orderId, lines));
    await hear(events.placed(orderId, lines));
    expect(await countsOf(item)).toEqual([20, 0]);
    expect(await announced()).toEqual([]);
  });

  it('take a dispatched parcel out of stock and reservation, and then its replacement', async () => {
    const item = anItem();
    const orderId = anId();
    const lines = [lineOf(item, 4)];
    await hear(events.product([item]), events.placed(orderId, lines));
    await hear(events.dispatched(orderId, lines));
    expect(await countsOf(item)).toEqual([16, 0]);
    await hear(events.reshipRequested(orderId, 2, lines));
    expect(await countsOf(item)).toEqual([16, 4]);
    await hear(events.dispatched(orderId, lines, 2));
    await hear(events.dispatched(orderId, lines, 2));
    expect(await countsOf(item)).toEqual([12, 0]);
    expect((await announced()).map(({ payload }) => payload)).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
  });

  it('store a parcel whose dispatch arrives before its order', async () => {
    const item = anItem();
    const orderId = anId();
    const lines = [lineOf(item, 4)];
    await hear(events.product([item]));
    await hear(events.dispatched(orderId, lines));
    await hear(events.placed(orderId, lines));
    expect(await countsOf(item)).toEqual([16, 0]);
  });

  it('restock returned goods if staff decide so, with an audit entry', async () => {
    const item = anItem();
    const [back, lost] = [anId(), anId()];
    const lines = [lineOf(item, 2)];
    await hear(events.product([item]), events.placed(back, lines), events.placed(lost, lines));
    await hear(events.dispatched(back, lines), events.dispatched(lost, lines));
    await hear(events.caseResolved(back, lines, true, 1), events.caseResolved(lost, lines, false, 1));
    expect(await countsOf(item)).toEqual([18, 0]);
    const audit = await queries.adjustments(item.variantId, { limit: 9 });
    expect(audit).toMatchObject({
      ok: true,
      value: { items: [{ delta: 2, stock: 18, orderId: back, adjustedBy: 'system' }] },
    });
  });

  it('restock a parcel once, however often that is decided', async () => {
    const item = anItem();
    const orderId = anId();
    const lines = [lineOf(item, 2)];
    await hear(events.product([item]), events.placed(orderId, lines), events.dispatched(orderId, lines));
    await hear(events.caseResolved(orderId, lines, true, 1), events.caseResolved(orderId, lines, true, 1));
    await hear(events.caseResolved(orderId, lines, true));
    expect(await countsOf(item)).toEqual([20, 0]);
    expect(await queries.adjustments(item.variantId, { limit: 9 })).toMatchObject({
      value: { items: [{ delta: 2 }] },
    });
  });

  it('take units back that staff have in hand, once per event, with an audit entry that says why', async () => {
    const item = anItem();
    const orderId = anId();
    await hear(events.product([item]), events.placed(orderId, [lineOf(item, 3)]));
    await hear(events.dispatched(orderId, [lineOf(item, 3)]));
    const [returned, refunded] = (['return', 'refund'] as const).map((why) =>
      events.restockRequested(orderId, [lineOf(item, 1)], why),
    );
    if (!returned || !refunded) throw new Error('two events');
    await hear(returned, refunded);
    await hear(returned);
    expect(await countsOf(item)).toEqual([19, 0]);
    expect(await queries.adjustments(item.variantId, { limit: 9 })).toMatchObject({
      value: {
        items: expect.toSatisfy((items: readonly { readonly reason: string; readonly delta: number }[]) => {
          expect(items.map(({ reason, delta }) => `${reason}: ${delta}`).sort()).toEqual([
            'Came back with a return: 1',
            'Restocked with a refund: 1',
          ]);
          return true;
        }),
      },
    });
  });

  it('do not take units back of variants that are unknown', async () => {
    await hear(events.restockRequested(anId(), [lineOf(anItem(), 1)], 'return'));
    expect(await parked()).toEqual([]);
  });

  it('do not change stock for a case without returned goods', async () => {
    await hear(events.caseResolved(anId(), [lineOf(anItem(), 1)], false));
    expect(await parked()).toEqual([]);
  });
});
