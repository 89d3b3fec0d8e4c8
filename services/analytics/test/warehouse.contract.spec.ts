import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { forEachTest } from '#test/kit/each-test.ts';
import { IN_MEMORY, openDuckdbWarehouse } from '../adapters/duckdb/duckdb-warehouse.ts';
import { memoryWarehouse } from '../adapters/memory/memory-warehouse.ts';
import type { Fact } from '../core/domain/fact.ts';
import { NO_SALES, salesByCurrency, type CurrencySales } from '../core/domain/sales.ts';
import { SOURCES } from '../core/domain/source.ts';
import type { Warehouse } from '../core/ports/warehouse.ts';
import { openCassandra } from './cassandra.rig.ts';
import {
  anOrder,
  cancellationOf,
  confirmationOf,
  countOf,
  MARCH,
  productId,
  refundOf,
  searchIn,
  shopperId,
  stepIn,
  surchargeOf,
  viewIn,
  viewsOf,
  visitAt,
} from './warehouse.mother.ts';

/** With SHOP_TEST=engines the warehouse on a server. */
const OPEN: Readonly<Record<string, () => Promise<Warehouse>>> =
  process.env['SHOP_TEST'] === 'engines'
    ? { cassandra: () => openCassandra() }
    : {
        memory: () => Promise.resolve(memoryWarehouse()),
        duckdb: () => openDuckdbWarehouse(IN_MEMORY),
      };

const SALE = { orders: 1, units: 2, lines: 1, grossMinor: 2_490, taxMinor: 398, shippingMinor: 490, refundedMinor: 0 }; // prettier-ignore

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
    const two = {
      ...SALE,
      orders: 2,
      units: 4,
      lines: 2,
      grossMinor: 4_980,
      taxMinor: 796,
      shippingMinor: 980,
    };
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

  it('adds what an exchange charged, which is no order, unless it was cancelled', async () => {
    const [kept, cancelled] = [surchargeOf('2026-03-01T11:00:00Z'), surchargeOf('2026-03-01T11:00:00Z')];
    await warehouse.append([anOrder('2026-03-01T10:00:00Z'), kept, cancelled]);
    await warehouse.append([cancellationOf(cancelled, '2026-03-02T10:00:00Z')]);
    expect((await salesIn(warehouse))[0]?.total).toEqual({ ...SALE, grossMinor: 2_990, taxMinor: 478 });
    expect(await warehouse.topProducts(MARCH, 10)).toMatchObject([{ units: 2 }]);
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

  it('counts views in periods that begin and end at any quarter of an hour', async () => {
    const moments = ['02-28T23:14:59.999Z', '02-28T23:15:00Z', '03-01T12:00:00Z', '03-03T23:14:59.999Z', '03-03T23:15:00Z']; // prettier-ignore
    await warehouse.append(moments.map((at, index) => viewsOf(1, `2026-${at}`, 10 ** index)));
    const viewsIn = async (from: string, to: string) => {
      const bounds = [new Date(`2026-${from}`), new Date(`2026-${to}`)];
      return (await warehouse.topProducts({ bounds }, 10)).map(({ views }) => views);
    };
    expect(await viewsIn('02-28T23:15:00Z', '03-03T23:15:00Z')).toEqual([1_110]);
    expect(await viewsIn('03-01T11:45:00Z', '03-01T12:15:00Z')).toEqual([100]);
    expect(await viewsIn('02-28T23:00:00Z', '03-01T12:00:00Z')).toEqual([11]);
    expect(await viewsIn('03-01T12:15:00Z', '03-01T23:00:00Z')).toEqual([]);
  });

  it('has the same sums if it adds them up before they are read', async () => {
    const order = anOrder('2026-03-01T10:00:00Z');
    await warehouse.append([order]);
    await warehouse.keepUp();
    await warehouse.append([refundOf(order, '2026-03-01T11:00:00Z', 500)]);
    await warehouse.keepUp();
    expect((await salesIn(warehouse))[0]?.total).toEqual({ ...SALE, refundedMinor: 500 });
  });

  it('counts visits by how far they came, in the bucket in which each began', async () => {
    const [lost, seen, paid, cancelled] = [1, 2, 3, 4].map((one) => visitAt('2026-03-01T23:30:00Z', one)) as [
      string,
      string,
      string,
      string,
    ];
    const late = '2026-03-02T00:10:00Z';
    const [good, bad] = [anOrder(late), anOrder(late)];
    await warehouse.append([
      searchIn(lost, 'sofa', 0, late),
      viewIn(seen, 1, late, 'search'),
      viewIn(seen, 2, late, 'category'),
      viewIn(paid, 1, late, 'search'),
      stepIn(paid, 'cart', late),
      stepIn(paid, 'order', late, good.orderId),
      stepIn(cancelled, 'order', late, bad.orderId),
      confirmationOf(good, late),
      confirmationOf(bad, late),
      viewIn(visitAt('2026-03-03T00:00:00Z'), 1, '2026-03-03T00:00:00Z'),
      viewIn(visitAt('2026-03-04T00:00:00Z'), 1, '2026-03-04T00:00:00Z'),
    ]);
    await warehouse.append([cancellationOf(bad, late)]);
    expect([...(await warehouse.funnel(MARCH))].sort((a, b) => a.bucket - b.bucket)).toEqual([
      { bucket: 0, visits: 4, views: 3, carts: 2, checkouts: 2, orders: 2, paid: 1 },
      { bucket: 2, visits: 1, views: 1, carts: 0, checkouts: 0, orders: 0, paid: 0 },
    ]);
    expect(await warehouse.sources(MARCH)).toEqual([
      { source: 'search', visits: 2, paid: 1 },
      { source: 'category', visits: 1, paid: 0 },
      { source: 'direct', visits: 1, paid: 0 },
    ]);
  });

  it('counts what was searched for, and what found nothing', async () => {
    const visit = visitAt('2026-03-01T10:00:00Z');
    const at = '2026-03-01T10:00:00Z';
    const searches = [['lamp', 3], ['lamp', 3], ['lamp', 0], ['sofa', 0], ['sofa', 0], ['chair', 2], [undefined, 0]] as const; // prettier-ignore
    await warehouse.append(searches.map(([term, hits]) => searchIn(visit, term, hits, at)));
    await warehouse.append([searchIn(visit, 'lamp', 3, '2026-03-04T00:00:00Z')]);
    const [lamp, sofa, chair] = [
      { term: 'lamp', searches: 3, withoutResults: 1 },
      { term: 'sofa', searches: 2, withoutResults: 2 },
      { term: 'chair', searches: 1, withoutResults: 0 },
    ];
    const read = (isWithoutResults: boolean, limit = 10) =>
      warehouse.searches(MARCH, { isWithoutResults, limit });
    expect(await read(false)).toEqual([lamp, sofa, chair]);
    expect(await read(false, 1)).toEqual([lamp]);
    expect(await read(true)).toEqual([sofa, lamp]);
  });

  it('counts paid orders by whether their customers had ordered before, even before the period', async () => {
    const orderOf = (shopper: number | undefined, at: string) =>
      anOrder(at, shopper === undefined ? {} : { shopper: shopperId(shopper) });
    const [old, again, first, same, unpaid, cancelled, guest, other] = [
      orderOf(1, '2026-02-01T10:00:00Z'),
      orderOf(1, '2026-03-01T10:00:00Z'),
      orderOf(2, '2026-03-01T10:00:00Z'),
      orderOf(2, '2026-03-01T10:05:00Z'),
      orderOf(3, '2026-03-01T10:00:00Z'),
      orderOf(4, '2026-03-01T11:00:00Z'),
      orderOf(undefined, '2026-03-01T10:00:00Z'),
      orderOf(undefined, '2026-03-01T10:00:00Z'),
    ] as const;
    const late = orderOf(4, '2026-03-03T10:00:00Z');
    await warehouse.append([again, first, same, unpaid, cancelled, guest, other, late]);
    const at = '2026-03-03T11:00:00Z';
    await warehouse.append(
      [again, first, same, cancelled, guest, other, late].map((order) => confirmationOf(order, at)),
    );
    const read = async () => ({
      customers: [...(await warehouse.customers(MARCH))].sort((a, b) => a.bucket - b.bucket),
      returning: [...(await warehouse.returning(MARCH))].sort(
        (a, b) => a.cohort - b.cohort || a.bucket - b.bucket,
      ),
    });
    expect(await read()).toEqual({
      customers: [
        { bucket: 0, firstOrders: 3, repeatOrders: 1, guestOrders: 2 },
        { bucket: 2, firstOrders: 0, repeatOrders: 1, guestOrders: 0 },
      ],
      returning: [
        { cohort: 0, bucket: 0, customers: 3 },
        { cohort: 0, bucket: 2, customers: 1 },
      ],
    });
    await warehouse.append([confirmationOf(old, at), cancellationOf(cancelled, at)]);
    await warehouse.append([old, cancellationOf(other, at)]);
    expect(await read()).toEqual({
      customers: [
        { bucket: 0, firstOrders: 1, repeatOrders: 2, guestOrders: 1 },
        { bucket: 2, firstOrders: 1, repeatOrders: 0, guestOrders: 0 },
      ],
      returning: [
        { cohort: 0, bucket: 0, customers: 1 },
        { cohort: 2, bucket: 2, customers: 1 },
      ],
    });
  });

  it('knows how many units of a SKU there were at the end of each day, and what was sold of it', async () => {
    const sell = (at: string, variant: number, quantity: number) =>
      anOrder(at, {
        lines: [{ productId: productId(1), variantId: productId(variant), quantity, totalMinor: 100 }],
      });
    const cancelled = sell('2026-03-01T12:00:00Z', 101, 50);
    await warehouse.append([
      countOf(1, '2026-02-01T12:00:00Z', 99),
      countOf(1, '2026-02-27T12:00:00Z', 10),
      countOf(1, '2026-03-02T12:00:00Z', 4),
      countOf(1, '2026-03-02T11:59:59Z', 7),
      countOf(1, '2026-03-04T00:00:00Z', 1, 111),
      sell('2026-02-28T23:59:59Z', 101, 50),
      sell('2026-03-01T12:00:00Z', 101, 3),
      sell('2026-03-03T23:00:00Z', 111, 2),
      sell('2026-03-04T00:00:00Z', 101, 50),
      cancelled,
      cancellationOf(cancelled, '2026-03-04T12:00:00Z'),
      countOf(2, '2026-01-01T12:00:00Z', 6),
      countOf(3, '2026-03-02T12:00:00Z', 0),
      countOf(4, '2026-03-04T12:00:00Z', 5),
    ]);
    const stock = await warehouse.stock(MARCH);
    expect(stock.toSorted((a, b) => (a.sku < b.sku ? -1 : 1))).toEqual([
      {
        sku: 'SKU-1',
        productId: productId(1),
        variantId: productId(111),
        sold: 5,
        onHand: 4,
        countedDays: 3,
        unitDays: 10 + 4 + 4,
      },
      {
        sku: 'SKU-2',
        productId: productId(2),
        variantId: productId(102),
        sold: 0,
        onHand: 6,
        countedDays: 3,
        unitDays: 18,
      },
      {
        sku: 'SKU-3',
        productId: productId(3),
        variantId: productId(103),
        sold: 0,
        onHand: 0,
        countedDays: 2,
        unitDays: 0,
      },
    ]);
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
      visit: fc.integer({ min: 1, max: 3 }),
      source: fc.constantFrom(...SOURCES),
      isConfirmed: fc.boolean(),
      shopper: fc.option(fc.integer({ min: 1, max: 3 })),
      onHand: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((orders) =>
    orders.flatMap((one, index): readonly Fact[] => {
      const { day, currency, total, product, isCancelled, refund, views, visit, source, isConfirmed, shopper, onHand } = one; // prettier-ignore
      const at = new Date(Date.UTC(2026, 1, 28 + day, 12)).toISOString();
      const surcharge = surchargeOf(at);
      const line = {
        productId: productId(product),
        variantId: productId(100 + product),
        quantity: 1,
        totalMinor: total,
      };
      const order = anOrder(at, {
        currency,
        totalMinor: total,
        shippingMinor: 0,
        taxMinor: 0,
        lines: [line],
        ...(shopper !== null && { shopper: shopperId(shopper) }),
      });
      return [
        order,
        countOf(product, new Date(Date.parse(at) + index * 1_000).toISOString(), onHand),
        viewsOf(product, at, views),
        viewIn(visitAt(at, visit), product, at, source),
        searchIn(visitAt(at, visit), source, views - 1, at),
        stepIn(visitAt(at, visit), 'order', at, order.orderId),
        surcharge,
        ...(isConfirmed ? [confirmationOf(order, at)] : [cancellationOf(surcharge, at)]),
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
          [...(await warehouse.funnel(MARCH))].sort((a, b) => a.bucket - b.bucket),
          await warehouse.sources(MARCH),
          await warehouse.searches(MARCH, { isWithoutResults: false, limit: 10 }),
          [...(await warehouse.customers(MARCH))].sort((a, b) => a.bucket - b.bucket),
          [...(await warehouse.returning(MARCH))].sort((a, b) => a.cohort - b.cohort || a.bucket - b.bucket),
          [...(await warehouse.stock(MARCH))].sort((a, b) => (a.sku < b.sku ? -1 : 1)),
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
