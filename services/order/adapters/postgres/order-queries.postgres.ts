import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { isUuid } from '#kernel/ids.ts';
import type { Order, Status } from '../../core/domain/order.ts';
import type { OrderPageRequest, OrderQueries } from '../../core/ports/order-queries.ts';
import type { VersionedOrder } from '../../core/ports/order-tx.ts';
import { ORDERS, readOrders } from './orders.postgres.ts';

/** A row of the projection; its document may have an older shape. */
interface Row {
  readonly version: number;
  readonly document: Order | (Pick<Order, 'orderId'> & { readonly cases?: never });
}

/** Orders of the rows. A document from an older version is replaced by a replay of the history, which all versions can read. */
const upToDate = async (sql: Sql, rows: readonly Row[]): Promise<readonly VersionedOrder[]> => {
  const old = rows.filter(({ document }) => document.cases === undefined);
  const replayed = await readOrders(
    sql,
    old.map(({ document }) => document.orderId),
  );
  return rows.flatMap(({ version, document }) =>
    document.cases === undefined ? (replayed.get(document.orderId) ?? []) : { version, state: document },
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
  // Both are conditions of one query, which finds nothing in either case.
  ofCustomer: async (reference, email) => {
    if (!isUuid(reference)) return undefined;
    const rows = await sql.query<Row>(
      `select version, document from orders.orders
       where order_id = $1 and lower(document #>> '{customer,email}') = $2`,
      [reference, email],
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
  counts: async () => {
    const rows = await sql.query<{ status: Status; count: number }>(
      'select status, count(*) as count from orders.orders group by status',
    );
    return new Map(rows.map(({ status, count }) => [status, count]));
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
