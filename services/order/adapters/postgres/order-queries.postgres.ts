import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { isUuid } from '#kernel/ids.ts';
import { SORTS, soughtBy, type OrderFilter, type OrderSort, type Sought } from '../../core/domain/listing.ts';
import { readOrderNumber } from '../../core/domain/order-number.ts';
import type { Order } from '../../core/domain/order.ts';
import type { OrderPageRequest, OrderQueries } from '../../core/ports/order-queries.ts';
import type { VersionedOrder } from '../../core/ports/order-tx.ts';
import { readFigures } from './figures.postgres.ts';
import { ORDERS, readHistory, readOrders } from './orders.postgres.ts';

/** A row of the projection; its document may have an older shape. */
interface Row {
  readonly version: number;
  readonly document: Order | (Pick<Order, 'orderId'> & { readonly returns?: never });
}

/** Orders of the rows. A document from an older version is replaced by a replay of the history, which all versions can read. */
const upToDate = async (sql: Sql, rows: readonly Row[]): Promise<readonly VersionedOrder[]> => {
  const old = rows.filter(({ document }) => document.returns === undefined);
  const replayed = await readOrders(
    sql,
    old.map(({ document }) => document.orderId),
  );
  return rows.flatMap(({ version, document }) =>
    document.returns === undefined ? (replayed.get(document.orderId) ?? []) : { version, state: document },
  );
};

/** @param recent absent where another process may change orders */
export const postgresOrderQueries = (sql: Sql, recent?: Recent): OrderQueries => ({
  find: async (orderId) => {
    const known = recent?.get(ORDERS, orderId);
    if (known) return known;
    const rows = await sql.query<Row>('select version, document from orders.orders where order_id = $1', [
      orderId,
    ]);
    const [order] = await upToDate(sql, rows);
    return order;
  },
  history: (orderId) => readHistory(sql, orderId),
  // Both are conditions of one query, which takes as long if either is wrong.
  ofCustomer: async (reference, email) => {
    const column = isUuid(reference) ? 'order_id' : 'number';
    const rows = await sql.query<Row>(
      `select version, document from orders.orders
       where ${column} = $1 and lower(document #>> '{customer,email}') = $2`,
      [isUuid(reference) ? reference : (readOrderNumber(reference) ?? ''), email],
    );
    const [order] = await upToDate(sql, rows);
    return order?.state;
  },
  page: async (request) => {
    const after = positionOf(request, 'orders', 'time');
    if (!after.ok) return after;
    const { text, params } = pageQuery(request, after.value);
    const orders = await upToDate(sql, await sql.query<Row>(text, params));
    return pageOf(
      orders.map(({ state }) => state),
      request.limit,
      ({ placedAt, orderId }) => ({ list: 'orders', value: placedAt, id: orderId }),
    );
  },
  search: async ({ filters, sort, limit, cursor }) => {
    const { by, isAscending, valueOf } = SORTS[sort];
    const list = `orders by ${sort}`;
    const after = positionOf({ cursor }, list, by);
    if (!after.ok) return after;
    const { conditions, param } = conditionsOf(filters, after.value && { ...after.value, sort });
    conditions.push(`${COLUMNS[sort].name} is not null`); // or else it is not listed yet
    const direction = isAscending ? 'asc' : 'desc';
    const rows = await sql.query<Row>(
      `select version, document from orders.orders ${whereAll(conditions)}
       order by ${COLUMNS[sort].name} ${direction}, order_id ${direction} limit ${param(limit + 1)}`,
      param.values,
    );
    const orders = await upToDate(sql, rows);
    return pageOf(
      orders.map(({ state }) => state),
      limit,
      (order) => ({ list, value: valueOf(order), id: order.orderId }),
    );
  },
  countUpTo: async (atMost, filter) => {
    const { conditions, param } = conditionsOf([filter]);
    const [row] = await sql.query<{ count: number }>(
      `select count(*) as count from
         (select 1 from orders.orders ${whereAll(conditions)} limit ${param(atMost)}) as counted`,
      param.values,
    );
    return row?.count ?? 0;
  },
  figures: (period) => readFigures(sql, period),
  oldest: async (status) => {
    const [row] = await sql.query<{ oldest: Date | null }>(
      'select min(created_at) as oldest from orders.orders where status = $1',
      [status],
    );
    return row?.oldest ?? undefined;
  },
});

/** Only existing orders. */
export const postgresOrderVersions =
  (sql: Sql) =>
  async (orderIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    const rows = await sql.query<{ order_id: string; version: number }>(
      'select order_id, version from orders.orders where order_id = any($1::uuid[])',
      [orderIds],
    );
    return new Map(rows.map(({ order_id, version }) => [order_id, version]));
  };

const pageQuery = (
  { userId, status, limit }: OrderPageRequest,
  after: { value: string | number; id: string } | undefined,
) => {
  const params: unknown[] = [limit + 1];
  const conditions: string[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  if (userId !== undefined) conditions.push(`user_id = ${param(userId)}::uuid`);
  if (status !== undefined) conditions.push(`status = ${param(status)}`);
  if (after)
    conditions.push(
      `(created_at, order_id) < (${param(after.value)}::timestamptz, ${param(after.id)}::uuid)`,
    );
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  return {
    text: `select version, document from orders.orders ${where} order by created_at desc, order_id desc limit $1`,
    params,
  };
};

const COLUMNS: Readonly<Record<OrderSort, { readonly name: string; readonly type: string }>> = {
  newest: { name: 'created_at', type: 'timestamptz' },
  oldest: { name: 'created_at', type: 'timestamptz' },
  updated: { name: 'updated_at', type: 'timestamptz' },
  total: { name: 'total', type: 'numeric' },
};

interface Params {
  /** Adds a parameter and returns its name. */
  (value: unknown): string;
  readonly values: readonly unknown[];
}

const paramsFrom = (): Params => {
  const values: unknown[] = [];
  return Object.assign((value: unknown) => `$${values.push(value)}`, { values });
};

const whereAll = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';

/** @param end where the page before ended */
const conditionsOf = (filters: readonly OrderFilter[], end?: Position & { readonly sort: OrderSort }) => {
  const param = paramsFrom();
  const conditions = filters.flatMap((filter) => conditionsFor(filter, param));
  if (end) {
    const { name, type } = COLUMNS[end.sort];
    const after = SORTS[end.sort].isAscending ? '>' : '<';
    conditions.push(`(${name}, order_id) ${after} (${param(end.value)}::${type}, ${param(end.id)}::uuid)`);
  }
  return { conditions, param };
};

const conditionsFor = (filter: OrderFilter, param: Params): string[] => {
  const conditions: string[] = [];
  const where = <V>(value: V | undefined, condition: (value: V) => string): void => {
    if (value !== undefined) conditions.push(condition(value));
  };
  where(filter.placedFrom, (time) => `created_at >= ${param(time)}::timestamptz`);
  where(filter.placedTo, (time) => `created_at < ${param(time)}::timestamptz`);
  where(filter.totalMin, (total) => `total >= ${param(total)}::numeric`);
  where(filter.totalMax, (total) => `total <= ${param(total)}::numeric`);
  where(filter.statuses, (statuses) =>
    statuses.length === 1 ? `status = ${param(statuses[0])}` : `status = any(${param(statuses)}::text[])`,
  );
  where(filter.paymentStatus, (status) => `payment_status = ${param(status)}`);
  where(filter.userId, (userId) => `user_id = ${param(userId)}::uuid`);
  where(filter.openCase, (kind) =>
    kind === 'any'
      ? `open_cases <> '[]'`
      : `open_cases <> '[]' and open_cases @> ${param(JSON.stringify([kind]))}::jsonb`,
  );
  where(filter.isOnHold, (isOnHold) => (isOnHold ? 'on_hold' : 'on_hold is not true'));
  where(
    filter.tag,
    (tag) =>
      `order_id in (select order_id from orders.staff_files where tags @> ${param(JSON.stringify([tag]))}::jsonb)`,
  );
  where(
    filter.assigneeId,
    (userId) =>
      `order_id in (select order_id from orders.staff_files where assignee_id = ${param(userId)}::uuid)`,
  );
  where(
    filter.mentionedId,
    (userId) =>
      `order_id in (select order_id from orders.staff_files where mentions @> ${param(JSON.stringify([userId]))}::jsonb)`,
  );
  for (const sought of soughtBy(filter))
    conditions.push(`order_id in (select order_id from orders.terms where ${termCondition(sought, param)})`);
  return conditions;
};

/** Follows every character, in the order of bytes that the index has. */
const LAST = '\u{10FFFF}';

const termCondition = ({ exact, prefixes }: Sought, param: Params): string =>
  [
    ...exact.map((term) => `term = ${param(term)}`),
    ...prefixes.map((prefix) => `(term >= ${param(prefix)} and term < ${param(prefix + LAST)})`),
  ].join(' or ');
