import type { RedisTransaction } from '#adapters/redis/unit-of-work.ts';
import type { Clock } from '#kernel/clock.ts';
import type { InJson } from '#kernel/json.ts';
import { expiresAt, type Cart } from '../../core/domain/cart.ts';
import type { CartRepository } from '../../core/ports/cart-tx.ts';

/** What remains of a user's expired cart: the version never restarts, so that each can be ordered once. */
type Remainder = Pick<InJson<Cart>, 'userId' | 'version' | 'updatedAt'>;

// One hash tag for all keys of a cart.
const cartKey = (cartId: string): string => `cart:{${cartId}}`;
const remainderKey = (cartId: string): string => `cart:{${cartId}}:version`;

const toCart = (cartId: string, stored: Remainder & Partial<InJson<Cart>>): Cart => ({
  cartId,
  userId: stored.userId,
  version: stored.version,
  items: stored.items ?? [],
  isClosed: stored.isClosed ?? false,
  updatedAt: new Date(stored.updatedAt),
});

/** Carts as JSON, with the lifetime set by the domain. */
export const redisCartRepository = (tx: RedisTransaction, clock: Clock): CartRepository => ({
  find: async (cartIds) => {
    const ids = [...new Set(cartIds)];
    const [carts, remainders] = await Promise.all([
      tx.read<InJson<Cart>>(ids.map(cartKey)),
      tx.read<Remainder>(ids.map(remainderKey)),
    ]);
    return new Map(
      ids.flatMap((id, index) => {
        const stored = carts[index] ?? remainders[index];
        return stored ? [[id, toCart(id, stored)]] : [];
      }),
    );
  },
  save: async (cart) => {
    const { cartId, userId, version, updatedAt } = cart;
    tx.put(cartKey(cartId), cart, expiresAt(cart).getTime() - clock.now().getTime());
    if (userId !== undefined) tx.put(remainderKey(cartId), { userId, version, updatedAt });
    await Promise.resolve();
  },
});
