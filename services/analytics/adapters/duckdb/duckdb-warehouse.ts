import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { z } from 'zod';
import { MINUTE } from '#kernel/clock.ts';
import type { Period } from '../../core/domain/period.ts';
import { SOURCES } from '../../core/domain/source.ts';
import { addSources, STAGES } from '../../core/domain/visits.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';
import { appendTo, bitOf, makeTables, micros, TIMED_TABLES } from './duckdb-tables.ts';

/** Of an hour. */
const QUARTER_MICROS = 15 * MINUTE * 1_000;

const KEPT = 'not exists (select 1 from cancellations where cancellations.order_id = kept.order_id)';

/** `$bounds` are those of the period. */
const SALES = `
  with bounds as (select unnest($bounds::json::bigint[]) as start, unnest(range(len($bounds::json::bigint[]))) as bucket),
    moved as (
      select moment, order_id, currency, 1 as orders, units, 0 as lines, total, tax, shipping, 0 as refunded from orders
      union all
      select moment, order_id, currency, 0, 0, 1, 0, 0, 0, 0 from lines
      union all
      select moment, order_id, currency, 0, 0, 0, total, tax, 0, 0 from surcharges
      union all
      select moment, order_id, currency, 0, 0, 0, 0, 0, 0, amount from refunds
    )
  select bucket, currency, sum(orders) as orders, sum(units) as units, sum(lines) as lines, sum(total) as gross, sum(tax) as tax,
    sum(shipping) as shipping, sum(refunded) as refunded
  from (select * from moved as kept where moment >= $from and moment < $to and ${KEPT}) as moved asof join bounds on moved.moment >= bounds.start
  group by bucket, currency`;

const TOP_PRODUCTS = `
  with sold as (
      select product_id, currency, count(distinct order_id) as orders, sum(quantity) as units, sum(total) as revenue
      from lines as kept where moment >= $from and moment < $to and ${KEPT} group by product_id, currency
    ),
    of_product as (
      select product_id, sum(orders) as orders, sum(units) as units, list({currency: currency, revenue: revenue::varchar}) as revenue
      from sold group by product_id
    ),
    viewed as (select product_id, sum(views) as views from views where moment >= $from and moment < $to group by product_id)
  select product_id, coalesce(orders, 0) as orders, coalesce(units, 0) as units, coalesce(revenue, []) as revenue,
    coalesce(views, 0) as views
  from of_product full join viewed using (product_id)
  order by units desc, views desc, product_id limit $limit`;

/** How far each visit of the period came. */
const DEPTHS = `
  paid as (
    select distinct session_id from placements as kept semi join confirmations using (order_id)
    where began >= $from and began < $to and ${KEPT}
  ),
  depths as (
    select began, sources, if(paid.session_id is null, stage, ${STAGES.indexOf('paid')}) as stage
    from visits left join paid using (session_id)
    where began >= $from and began < $to
  )`;

/** By the quarter of an hour first, each of which is in one bucket, as the offsets of all time zones are multiples of it. */
const FUNNEL = `
  with bounds as (select unnest($bounds::json::bigint[]) as start, unnest(range(len($bounds::json::bigint[]))) as bucket),
    ${DEPTHS},
    quarters as (select began - began % ${QUARTER_MICROS} as quarter, stage, count(*) as visits from depths group by all)
  select bucket, ${STAGES.map((stage, index) => `coalesce(sum(quarters.visits) filter (stage >= ${index}), 0) as ${stage}`).join(', ')}
  from quarters asof join bounds on quarters.quarter >= bounds.start
  group by bucket`;

const SOURCE_VISITS = `
  with ${DEPTHS},
    counts as (select sources, count(*) as visits, count(*) filter (stage = ${STAGES.indexOf('paid')}) as paid from depths group by sources)
  select source, sum(visits) as visits, sum(paid) as paid
  from counts join (values ${SOURCES.map((source) => `('${source}', ${bitOf(source)})`).join(', ')}) as named (source, bit)
    on counts.sources & named.bit > 0
  group by source`;

const SEARCHES = `
  select term, found as searches, without_results
  from (
    select term, count(*) as found, count(*) filter (hits = 0) as without_results
    from searches where term is not null and moment >= $from and moment < $to group by term
  )
  where $all or without_results > 0
  order by if($all, found, without_results) desc, term limit $limit`;

/** Paid orders, with the first and the previous one of their customers. */
const HISTORY = `
  bounds as (select unnest($bounds::json::bigint[]) as start, unnest(range(len($bounds::json::bigint[]))) as bucket),
  history as (
    select shopper, moment, first_value(moment) over earlier as first, lag(moment) over earlier as previous
    from orders as kept semi join confirmations using (order_id)
    where moment < $to and ${KEPT}
    window earlier as (partition by shopper order by moment, order_id)
  )`;

const CUSTOMERS = `
  with ${HISTORY}
  select bucket, count(*) filter (shopper is not null and previous is null) as first_orders,
    count(*) filter (shopper is not null and previous is not null) as repeat_orders, count(*) filter (shopper is null) as guest_orders
  from (select * from history where moment >= $from) as placed asof join bounds on placed.moment >= bounds.start
  group by bucket`;

const RETURNING = `
  with ${HISTORY}
  select cohorts.bucket as cohort, bounds.bucket as bucket, count(*) as customers
  from (select * from history where shopper is not null and first >= $from) as placed
    asof join bounds on placed.moment >= bounds.start
    asof join bounds as cohorts on placed.first >= cohorts.start
  where placed.previous is null or placed.previous < bounds.start
  group by all`;

/** The last count of a day holds until the next day that has one; the last before the period is that of day -1. */
const STOCK = `
  with bounds as (select unnest($bounds::json::bigint[]) as start, unnest(range(len($bounds::json::bigint[]))) as bucket),
    counted as (
      select sku, coalesce(bucket, -1) as day, version, on_hand
      from (select * from counts where moment < $to) as counts asof left join bounds on counts.moment >= bounds.start
    ),
    days as (select sku, day, arg_max(on_hand, version) as on_hand from counted group by sku, day),
    held as (
      select sku, day, on_hand, lead(day, 1, $days) over (partition by sku order by day) - greatest(day, 0) as days
      from days
    ),
    stocked as (
      select sku, arg_max(on_hand, day) as on_hand, sum(days) as counted_days, sum(days * on_hand) as unit_days from held group by sku
    ),
    latest as (
      select sku, arg_max(product_id, version) as product_id, arg_max(variant_id, version) as variant_id
      from counts group by sku
    ),
    sold as (
      select sku, sum(quantity) as sold
      from (select * from lines as kept where moment >= $from and moment < $to and ${KEPT}) as sales
        join (select distinct sku, variant_id from counts) as variants using (variant_id)
      group by sku
    )
  select sku, product_id, variant_id, coalesce(sold, 0) as sold, on_hand, counted_days, unit_days
  from stocked join latest using (sku) left join sold using (sku)`;

const NEWEST = `select max(moment) as newest from (${TIMED_TABLES.map(
  (table) => `select max(moment) as moment from ${table}`,
).join(' union all ')})`;

/** Numbers beyond 53 bits arrive as strings. */
const wholeNumber = z.coerce.number().int();
const SalesRow = z.object({
  bucket: wholeNumber,
  currency: z.string(),
  orders: wholeNumber,
  units: wholeNumber,
  lines: wholeNumber,
  gross: wholeNumber,
  tax: wholeNumber,
  shipping: wholeNumber,
  refunded: wholeNumber,
});
const ProductRow = z.object({
  product_id: z.string(),
  orders: wholeNumber,
  units: wholeNumber,
  revenue: z.array(z.object({ currency: z.string(), revenue: wholeNumber })),
  views: wholeNumber,
});
const FunnelRow = z.object({
  bucket: wholeNumber,
  visits: wholeNumber,
  views: wholeNumber,
  carts: wholeNumber,
  checkouts: wholeNumber,
  orders: wholeNumber,
  paid: wholeNumber,
});
const SourceRow = z.object({ source: z.enum(SOURCES), visits: wholeNumber, paid: wholeNumber });
const TermRow = z.object({ term: z.string(), searches: wholeNumber, without_results: wholeNumber });
const CustomersRow = z.object({
  bucket: wholeNumber,
  first_orders: wholeNumber,
  repeat_orders: wholeNumber,
  guest_orders: wholeNumber,
});
const ReturningRow = z.object({ cohort: wholeNumber, bucket: wholeNumber, customers: wholeNumber });
const StockRow = z.object({
  sku: z.string(),
  product_id: z.string(),
  variant_id: z.string(),
  sold: wholeNumber,
  on_hand: wholeNumber,
  counted_days: wholeNumber,
  unit_days: wholeNumber,
});
const NewestRow = z.object({ newest: wholeNumber.nullable() });

/** The file of a warehouse that a test throws away. */
export const IN_MEMORY = ':memory:';

/** In a file that this process alone has open; its folder is made. */
export const openDuckdbWarehouse = async (file: string): Promise<Warehouse> => {
  if (file !== IN_MEMORY) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const instance = await DuckDBInstance.create(file, { threads: '2', memory_limit: '256MB' });
  const [writer, reader] = [await instance.connect(), await instance.connect()];
  await makeTables(writer);
  let last: Promise<unknown> = Promise.resolve();

  const rowsFrom = async <T>(
    row: z.ZodType<T>,
    sql: string,
    values: Record<string, DuckDBValue>,
  ): Promise<readonly T[]> => {
    const read = await reader.runAndReadAll(sql, values);
    return z.array(row).parse(read.getRowObjectsJson());
  };
  const within = ({ bounds }: Period): Record<string, DuckDBValue> => ({
    from: BigInt(micros(bounds[0] ?? new Date(0))),
    to: BigInt(micros(bounds.at(-1) ?? new Date(0))),
  });

  const inBuckets = (period: Period): Record<string, DuckDBValue> => ({
    ...within(period),
    bounds: JSON.stringify(period.bounds.slice(0, -1).map(micros)),
  });

  return {
    append: async (facts) => {
      const mine = last.then(() => appendTo(writer, facts));
      last = mine.catch(() => undefined);
      await mine;
    },
    sales: async (period) => {
      const rows = await rowsFrom(SalesRow, SALES, inBuckets(period));
      return rows.map(({ bucket, currency, orders, units, lines, gross, tax, shipping, refunded }) => ({
        bucket,
        currency,
        orders,
        units,
        lines,
        grossMinor: gross,
        taxMinor: tax,
        shippingMinor: shipping,
        refundedMinor: refunded,
      }));
    },
    topProducts: async (period, limit) => {
      const rows = await rowsFrom(ProductRow, TOP_PRODUCTS, { ...within(period), limit });
      return rows.map(({ product_id: productId, orders, units, revenue, views }) => ({
        productId,
        orders,
        units,
        revenueMinor: Object.fromEntries(revenue.map((one) => [one.currency, one.revenue])),
        views,
      }));
    },
    funnel: (period) => rowsFrom(FunnelRow, FUNNEL, inBuckets(period)),
    sources: async (period) => addSources([await rowsFrom(SourceRow, SOURCE_VISITS, within(period))]),
    searches: async (period, { isWithoutResults, limit }) => {
      const values = { ...within(period), all: !isWithoutResults, limit };
      const rows = await rowsFrom(TermRow, SEARCHES, values);
      return rows.map(({ term, searches, without_results: withoutResults }) => ({
        term,
        searches,
        withoutResults,
      }));
    },
    customers: async (period) => {
      const rows = await rowsFrom(CustomersRow, CUSTOMERS, inBuckets(period));
      return rows.map(({ bucket, first_orders, repeat_orders, guest_orders }) => ({
        bucket,
        firstOrders: first_orders,
        repeatOrders: repeat_orders,
        guestOrders: guest_orders,
      }));
    },
    returning: (period) => rowsFrom(ReturningRow, RETURNING, inBuckets(period)),
    stock: async (period) => {
      const values = { ...inBuckets(period), days: period.bounds.length - 1 };
      const rows = await rowsFrom(StockRow, STOCK, values);
      return rows.map(({ sku, product_id, variant_id, sold, on_hand, counted_days, unit_days }) => ({
        sku,
        productId: product_id,
        variantId: variant_id,
        sold,
        onHand: on_hand,
        countedDays: counted_days,
        unitDays: unit_days,
      }));
    },
    newest: async () => {
      const [row] = await rowsFrom(NewestRow, NEWEST, {});
      const newest = row?.newest ?? undefined;
      return newest === undefined ? undefined : new Date(newest / 1_000);
    },
    keepUp: () => Promise.resolve(),
    close: async () => {
      await last;
      reader.closeSync();
      writer.closeSync();
      instance.closeSync();
    },
  };
};
