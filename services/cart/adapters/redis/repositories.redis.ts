import type { RedisTransaction } from '#adapters/redis/unit-of-work.ts';
import type { Clock } from '#kernel/clock.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { CartExpiry, CartTx } from '../../core/ports/cart-tx.ts';
import { redisCartRepository } from './carts.redis.ts';
import { redisOrderRecords } from './order-records.redis.ts';

/** The repositories of one unit of work. */
export const redisRepositories =
  (prefix: string, clock: Clock) =>
  (tx: RedisTransaction): Omit<CartTx, keyof BaseTx> => ({
    carts: redisCartRepository(tx, clock),
    orders: redisOrderRecords(tx, prefix),
  });

/** Redis expires carts itself. */
export const redisCartExpiry: CartExpiry = { sweep: () => Promise.resolve() };
