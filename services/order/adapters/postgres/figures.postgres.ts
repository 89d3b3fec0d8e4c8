import type { Sql } from '#adapters/postgres/sql.ts';
import { CANCELLED } from '../../core/domain/refunds.ts';
import type { DaySums, Period } from '../../core/domain/figures.ts';

interface SalesRow {
  readonly day: number;
  readonly currency: string;
  readonly orders: number;
  readonly gross: number;
}

interface RefundsRow extends Pick<SalesRow, 'day' | 'currency'> {
  readonly refunded: number;
}

/**
 * Two indexes have all of it: what is read grows with the period, not with the history of the shop. An order in exchange is its own cart.
 */
export const readFigures = async (sql: Sql, { bounds }: Period): Promise<readonly DaySums[]> => {
  const params = [bounds, bounds[0], bounds.at(-1)];
  const [sales, refunds] = await Promise.all([
    sql.query<SalesRow>(
      `select width_bucket(created_at, $1::timestamptz[]) as day, currency,
         count(*) filter (where cart_id <> order_id) as orders, sum(total_amount)::bigint as gross
       from orders.orders
       where created_at >= $2::timestamptz and created_at < $3::timestamptz and status <> 'cancelled' and total_amount > 0
       group by 1, 2`,
      params,
    ),
    sql.query<RefundsRow>(
      `select width_bucket(occurred_at, $1::timestamptz[]) as day, currency,
         sum((data ->> 'amountMinor')::bigint)::bigint as refunded
       from orders.events join orders.orders using (order_id)
       where type = 'refunded' and occurred_at >= $2::timestamptz and occurred_at < $3::timestamptz
         and data ->> 'reason' <> $4
       group by 1, 2`,
      [...params, CANCELLED],
    ),
  ]);
  return [
    ...sales.map(({ day, currency, orders, gross }) => ({
      day: day - 1,
      currency,
      orders,
      grossMinor: gross,
      refundedMinor: 0,
    })),
    ...refunds.map(({ day, currency, refunded }) => ({
      day: day - 1,
      currency,
      orders: 0,
      grossMinor: 0,
      refundedMinor: refunded,
    })),
  ];
};
