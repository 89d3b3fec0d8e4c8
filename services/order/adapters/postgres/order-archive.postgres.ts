import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type { OrderArchive } from '../../core/ports/order-queries.ts';

/** Orders in one statement: few enough not to block others. */
const CHUNK = 500;

const FORGET = `
  with old as (
    delete from orders.orders where order_id in
      (select order_id from orders.orders
       where status in ('delivered', 'cancelled', 'returned', 'refunded') and created_at < $1 limit $2)
    returning order_id)
  , histories as (delete from orders.events where order_id in (select order_id from old))
  , files as (delete from orders.staff_files where order_id in (select order_id from old))
  , returns as (delete from orders.returns where order_id in (select order_id from old))
  , invoices as (delete from orders.invoices where order_id in (select order_id from old))
  , credit_notes as (delete from orders.credit_notes where order_id in (select order_id from old))
  , terms as (delete from orders.terms where order_id in (select order_id from old))
  select order_id from old`;

/** @param recent absent where another process may change orders */
export const postgresOrderArchive = (sql: Sql, recent?: Recent): OrderArchive => ({
  forgetBefore: async (horizon) => {
    for (;;) {
      const deleted = await sql.query(FORGET, [horizon, CHUNK]);
      if (deleted.length > 0) recent?.clear();
      if (deleted.length < CHUNK) return;
    }
  },
});
