import type { Clock } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { cartAt, type Cart, type CartOwner } from '../domain/cart.ts';
import type { CartRepository, CartTx } from '../ports/cart-tx.ts';

/** The owner's cart at `now`, empty if there is none. */
export const loadCart = async (carts: CartRepository, owner: CartOwner, now: Date): Promise<Cart> => {
  const found = await carts.find([owner.cartId]);
  return cartAt(found.get(owner.cartId), owner, now);
};

export const makeGetCart =
  (unitOfWork: UnitOfWork<CartTx>, clock: Clock) =>
  (owner: CartOwner): Promise<Cart> =>
    unitOfWork.run(({ carts }) => loadCart(carts, owner, clock.now()));

export type GetCart = ReturnType<typeof makeGetCart>;
