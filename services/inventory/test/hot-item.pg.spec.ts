import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqlState, type SqlDatabase } from '#adapters/postgres/sql.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { openToolbox, type TestToolbox } from '#test/kit/toolbox.ts';
import { postgresStockQueries } from '../adapters/postgres/stock-queries.postgres.ts';
import type { StockItem } from '../core/domain/stock.ts';
import { inventory } from '../main/module.ts';
import { anId, anItem, lineOf, events } from './inventory.mother.ts';

const DEADLOCK = '40P01';

describe('many instances on PostgreSQL', () => {
  let toolbox: TestToolbox;
  let deadlocks = 0;

  /** Counts deadlocks, which a unit of work would hide by retrying. */
  const watched = (database: SqlDatabase): SqlDatabase => ({
    ...database,
    begin: async () => {
      const session = await database.begin();
      return {
        ...session,
        query: async <Row>(text: string, params?: readonly unknown[]) => {
          try {
            return await session.query<Row>(text, params);
          } catch (error) {
            if (sqlState(error) === DEADLOCK) deadlocks += 1;
            throw error;
          }
        },
      };
    },
  });

  beforeEach(async () => {
    deadlocks = 0;
    const opened = await openToolbox('postgres', inventory);
    if (opened.store.kind !== 'sql') throw new Error('needs SQL');
    toolbox = { ...opened, store: { ...opened.store, database: watched(opened.store.database) } };
  });

  /** Acts as one more instance of the service. */
  const hear = async (...batch: readonly EventEnvelope[]): Promise<void> => {
    const { consumers = [] } = await inventory.compose(toolbox);
    await consumers[0]?.handle(batch);
  };
  const countsOf = async (...items: readonly StockItem[]): Promise<(readonly number[])[]> => {
    if (toolbox.store.kind !== 'sql') throw new Error('needs SQL');
    const found = await postgresStockQueries(toolbox.store.database).ofVariants(
      items.map(({ variantId }) => variantId),
    );
    return items.map(({ variantId }) => {
      const item = found.find((one) => one.variantId === variantId);
      return item ? [item.stock, item.reserved] : [];
    });
  };
  const countOf = async (type: string): Promise<number> =>
    (await toolbox.announced()).filter(({ event_type }) => event_type === type).length;

  afterEach(async () => {
    expect(await toolbox.stores.deadLetters.list(10)).toEqual([]);
    expect(deadlocks).toBe(0);
  });

  it('sell the last ten units of a hot item exactly once to fifty orders', async () => {
    const item = anItem({ stock: 10 });
    await hear(events.product([item]));
    await Promise.all(Array.from({ length: 50 }, () => hear(events.placed(anId(), [lineOf(item, 1)]))));
    expect(await countsOf(item)).toEqual([[10, 10]]);
    expect(await countOf('inventory.reserved')).toBe(10);
    expect(await countOf('inventory.out_of_stock')).toBe(40);
    expect(await countOf('inventory.low_stock')).toBe(1);
  });

  it('never deadlock, though batches name the same items in all orders and in events of all types', async () => {
    const items = Array.from({ length: 6 }, () => anItem({ stock: 1_000 }));
    await hear(...items.map((item) => events.product([item])));
    const batches = Array.from({ length: 40 }, (_, index) => {
      const turned = [...items.slice(index % 6), ...items.slice(0, index % 6)];
      const lines = (index % 2 === 0 ? turned : turned.toReversed()).map((item) => lineOf(item, 1));
      const [kept, cancelled, sent] = [anId(), anId(), anId()];
      const batch = [
        events.placed(kept, lines.slice(0, 3)),
        events.cancelled(cancelled, lines.slice(3)),
        events.placed(cancelled, lines.slice(3)),
        events.dispatched(sent, lines.slice(1, 5)),
        events.placed(sent, lines.slice(1, 5)),
        events.product([turned[index % 5] ?? anItem()], index + 2),
      ];
      return index % 2 === 0 ? batch : batch.toReversed();
    });
    await Promise.all(batches.map((batch) => hear(...batch)));
    const counts = await countsOf(...items);
    const sum = (column: number): number => counts.reduce((total, row) => total + (row[column] ?? 0), 0);
    expect([sum(0), sum(1)]).toEqual([6_000 - 40 * 4, 40 * 3]);
  });

  it('decide an order once, though it is placed, cancelled and dispatched at the same time', async () => {
    const item = anItem({ stock: 100 });
    await hear(events.product([item]));
    const orders = Array.from({ length: 12 }, anId);
    const lines = [lineOf(item, 2)];
    await Promise.all(
      orders.flatMap((orderId) => [
        hear(events.placed(orderId, lines)),
        hear(events.placed(orderId, lines)),
        hear(events.cancelled(orderId, lines)),
      ]),
    );
    expect(await countsOf(item)).toEqual([[100, 0]]);
    expect(await countOf('inventory.reserved')).toBeLessThanOrEqual(orders.length);
  });

  it('decide an order once, even if its variant is unknown and so cannot be locked', async () => {
    const [orderId, lines] = [anId(), [lineOf(anItem(), 1)]];
    await Promise.all(Array.from({ length: 8 }, () => hear(events.placed(orderId, lines))));
    expect(await countOf('inventory.out_of_stock')).toBe(1);
  });

  it('count every adjustment by staff who work on one item at once', async () => {
    const item = anItem({ stock: 10 }); // so much that no order of the adjustments ends below zero
    await hear(events.product([item]));
    const { handlers } = await inventory.compose(toolbox);
    const { adjustStock } = handlers as { adjustStock: (request: object) => Promise<unknown> };
    const request = { path: { variant_id: item.variantId }, principal: { kind: 'user', userId: anId() } };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        adjustStock({ ...request, body: { delta: index % 2 === 0 ? 3 : -1, reason: 'Counted' } }),
      ),
    );
    expect(answers).toEqual(Array(20).fill(expect.objectContaining({ status: 201 })));
    expect(await countsOf(item)).toEqual([[30, 0]]);
  });
});
