import type { Sql } from '#adapters/postgres/sql.ts';
import type { OrderEvent } from '../../core/domain/events.ts';
import type { VersionedOrder } from '../../core/ports/order-tx.ts';
import { tell } from '../tell.ts';

/** The orders that exist, as their histories tell them. */
export const tellAll = async (
  sql: Pick<Sql, 'query'>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, VersionedOrder>> => {
  const orders = new Map<string, VersionedOrder>();
  if (orderIds.length === 0) return orders;
  const rows = await sql.query<{ order_id: string; data: OrderEvent }>(
    'select order_id, data from orders.events where order_id = any($1::uuid[]) order by order_id, version',
    [orderIds],
  );
  for (const [orderId, history] of Map.groupBy(rows, ({ order_id }) => order_id)) {
    const told = tell(history.map(({ data }) => data));
    if (told) orders.set(orderId, told);
  }
  return orders;
};
