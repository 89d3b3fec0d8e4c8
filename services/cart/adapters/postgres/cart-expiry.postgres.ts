import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { expiryHorizon } from '../../core/domain/cart.ts';
import { recordHorizon } from '../../core/domain/ordered.ts';
import type { CartExpiry } from '../../core/ports/cart-tx.ts';

/** Rows in one statement: few enough not to block others. */
const CHUNK = 1_000;

export const postgresCartExpiry = (sql: Sql, recent?: Recent): CartExpiry => {
  const inChunks = async (statement: string, before: Date): Promise<void> => {
    for (;;) {
      const rows = await sql.query(statement, [before, CHUNK]);
      if (rows.length < CHUNK) return;
    }
  };
  return {
    sweep: async (now) => {
      const horizon = expiryHorizon(now);
      await inChunks(REMOVE_GUESTS, horizon);
      await inChunks(EMPTY_USERS, horizon);
      await inChunks(FORGET_ORDERS, recordHorizon(now));
      recent?.clear();
    },
  };
};

const REMOVE_GUESTS = `
  delete from cart.carts where cart_id in
    (select cart_id from cart.carts where updated_at <= $1 and user_id is null limit $2)
  and updated_at <= $1 returning 1`;

// The row stays, so that a user's versions never restart: each can be ordered once.
const EMPTY_USERS = `
  update cart.carts set items = '[]' where cart_id in
    (select cart_id from cart.carts where updated_at <= $1 and user_id is not null and items <> '[]' limit $2)
  and updated_at <= $1 returning 1`;

const FORGET_ORDERS = `
  delete from cart.orders where order_id in
    (select order_id from cart.orders where updated_at <= $1 limit $2)
  returning 1`;
