import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { forEachTest } from '#test/kit/each-test.ts';
import { IN_MEMORY, openDuckdbWarehouse } from '../adapters/duckdb/duckdb-warehouse.ts';
import { memoryWarehouse } from '../adapters/memory/memory-warehouse.ts';
import type { Fact } from '../core/domain/fact.ts';
import { NO_SALES, salesByCurrency, type CurrencySales } from '../core/domain/sales.ts';
import type { Warehouse } from '../core/ports/warehouse.ts';
import { openCassandra } from './cassandra.rig.ts';
import { anOrder, cancellationOf, MARCH, productId, refundOf, viewsOf } from './warehouse.mother.ts';

/** With SHOP_TEST=engines the warehouse on a server. */
const OPEN: Readonly<Record<string, () => Promise<Warehouse>>> =
  process.env['SHOP_TEST'] === 'engines'
    ? { cassandra: () => openCassandra() }
    : {
        memory: () => Promise.resolve(memoryWarehouse()),
        duckdb: () => openDuckdbWarehouse(IN_MEMORY),
      };

const SALE = { orders: 1, units: 2, grossMinor: 2_490, taxMinor: 398, shippingMinor: 490, refundedMinor: 0 };

const salesIn = async (warehouse: Warehouse): Promise<readonly CurrencySales[]> =>
  salesByCurrency(MARCH.bounds.length - 1, await warehouse.sales(MARCH));

const withWarehouse = async <T>(
  open: () => Promise<Warehouse>,
  use: (warehouse: Warehouse) => Promise<T>,
) => {
  const warehouse = await open();
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
};

describe.each(Object.entries(OPEN))('a warehouse in %s', (_, open) => {
  const warehouse = forEachTest(open);

  it('adds up orders by the bucket in which they were placed', async () => {
    const orders = ['2026-03-01T00:00:00.000Z', '2026-03-01T23:59:59.999Z', '2026-03-02T00:00:00.000Z'];
    await warehouse.append(orders.map((at) => anOrder(at)));
    const two = { ...SALE, orders: 2, units: 4, grossMinor: 4_980, taxMinor: 796, shippingMinor: 980 };
    expect(await salesIn(warehouse)).toMatchObject([{ currency: 'EUR', buckets: [two, SALE, NO_SALES] }]);
  });

  it('leaves out what was before and after the period', async () => {
    await warehouse.append([anOrder('2026-02-28T23:59:59.999Z'), anOrder('2026-03-04T00:00:00.000Z')]);
    expect(await salesIn(warehouse)).toEqual([]);
  });

  it('never adds up currencies', async () => {
    const [day] = ['2026-03-01T10:00:00Z'];
    await warehouse.append([anOrder(day), anOrder(day), anOrder(day, { currency: 'USD' })]);
    expect((await salesIn(warehouse)).map(({ currency, total }) => [currency, total.orders])).toEqual([
      ['EUR', 2],
      ['USD', 1],
    ]);
  });

  it('counts a refund on its own day, whenever the order was placed', async () => {
    const order = anOrder('2026-02-01T10:00:00Z');
    await warehouse.append([order, refundOf(order, '2026-03-02T10:00:00Z', 500)]);
    expect(await salesIn(warehouse)).toMatchObject([
      { buckets: [NO_SALES, { ...NO_SALES, refundedMinor: 500 }, NO_SALES] },
    ]);
  });

  it('counts neither a cancelled order nor its refunds', async () => {
    const order = anOrder('2026-03-01T10:00:00Z');
    await warehouse.append([refundOf(order, '2026-03-02T10:00:00Z', 2_490)]);
    await warehouse.append([cancellationOf(order, '2026-03-02T09:00:00Z')]);
    await warehouse.append([order]);
    expect(await salesIn(warehouse)).toEqual([]);
    expect(await warehouse.topProducts(MARCH, 10)).toEqual([]);
  });

  it('counts a fact once, in one batch and in several', async () => {
    const order = anOrder('2026-03-01T10:00:00Z');
    await warehouse.append([order, order]);
    await warehouse.append([order]);
    expect((await salesIn(warehouse))[0]?.total).toEqual(SALE);
  });

  it('ranks products by units sold, then by views', async () => {
    const line = (number: number, quantity: number, totalMinor: number) => ({
      productId: productId(number),
      variantId: productId(100 + number),
      quantity,
      totalMinor,
    });
    await warehouse.append([
      anOrder('2026-03-01T10:00:00Z', { lines: [line(1, 1, 500), line(1, 1, 700), line(2, 1, 100)] }),
      anOrder('2026-03-02T10:00:00Z', { currency: 'USD', lines: [line(1, 1, 900)] }),
      viewsOf(4, '2026-03-01T10:00:00Z', 3),
      viewsOf(3, '2026-03-03T10:00:00Z', 5),
      viewsOf(1, '2026-03-03T10:00:00Z', 7),
      viewsOf(3, '2026-03-04T10:00:00Z', 9),
    ]);
    const ranked = [
      { productId: productId(1), orders: 2, units: 3, revenueMinor: { EUR: 1_200, USD: 900 }, views: 7 },
      { productId: productId(2), orders: 1, units: 1, revenueMinor: { EUR: 100 }, views: 0 },
      { productId: productId(3), orders: 0, units: 0, revenueMinor: {}, views: 5 },
      { productId: productId(4), orders: 0, units: 0, revenueMinor: {}, views: 3 },
    ];
    expect(await warehouse.topProducts(MARCH, 10)).toEqual(ranked);
    expect(await warehouse.topProducts(MARCH, 2)).toEqual(ranked.slice(0, 2));
  });

  it('knows when its latest fact happened', async () => {
    expect(await warehouse.newest()).toBeUndefined();
    await warehouse.append([
      viewsOf(1, '2026-03-01T10:00:00.123Z', 1),
      viewsOf(1, '2026-03-01T09:00:00Z', 1),
    ]);
    expect(await warehouse.newest()).toEqual(new Date('2026-03-01T10:00:00.123Z'));
  });
});

/** Some orders with what happened to them. */
const histories = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: 4 }),
      currency: fc.constantFrom('EUR', 'USD', 'JPY'),
      total: fc.integer({ min: 0, max: 1_000_000_000 }),
      product: fc.integer({ min: 1, max: 3 }),
      isCancelled: fc.boolean(),
      refund: fc.option(fc.integer({ min: 1, max: 1_000 })),
      views: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((orders) =>
    orders.flatMap(({ day, currency, total, product, isCancelled, refund, views }): readonly Fact[] => {
      const at = new Date(Date.UTC(2026, 1, 28 + day, 12)).toISOString();
      const line = { productId: productId(product), variantId: productId(9), quantity: 1, totalMinor: total };
      const order = anOrder(at, {
        currency,
        totalMinor: total,
        shippingMinor: 0,
        taxMinor: 0,
        lines: [line],
      });
      return [
        order,
        viewsOf(product, at, views),
        ...(isCancelled ? [cancellationOf(order, at)] : []),
        ...(refund === null ? [] : [refundOf(order, at, refund)]),
      ];
    }),
  );

/** Each fact once or more often, in any order. */
const deliveries = histories.chain((facts) =>
  fc.record({
    facts: fc.constant(facts),
    delivered: fc
      .array(fc.constantFrom(...facts, ...facts), { maxLength: facts.length })
      .chain((again) =>
        fc.shuffledSubarray([...facts, ...again], { minLength: facts.length + again.length }),
      ),
    batch: fc.integer({ min: 1, max: 7 }),
  }),
);

describe('facts that are delivered late, shuffled and repeatedly', () => {
  it('are counted as if each had come once and in time, by every warehouse', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ facts, delivered, batch }) => {
        const read = async (warehouse: Warehouse) => [
          await salesIn(warehouse),
          await warehouse.topProducts(MARCH, 10),
          await warehouse.newest(),
        ];
        const expected = await withWarehouse(
          () => Promise.resolve(memoryWarehouse()),
          async (warehouse) => {
            await warehouse.append(facts);
            return read(warehouse);
          },
        );
        for (const open of Object.values(OPEN))
          await withWarehouse(open, async (warehouse) => {
            for (let start = 0; start < delivered.length; start += batch)
              await warehouse.append(delivered.slice(start, start + batch));
            expect(await read(warehouse)).toEqual(expected);
          });
      }),
      { numRuns: process.env['SHOP_TEST'] === 'engines' ? 8 : 25 },
    );
  });
});
