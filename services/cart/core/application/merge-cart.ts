import type { Clock } from '#kernel/clock.ts';
import { ok, type Result } from '#kernel/result.ts';
import { cartAt, type Cart, type CartOwner } from '../domain/cart.ts';
import type { CurrencyMismatch } from '../domain/change.ts';
import { mergeCarts } from '../domain/join.ts';
import type { UnitsOfCart } from '../ports/cart-tx.ts';

/** Merges a guest cart into the owner's; repeating it has no effect. */
export const makeMergeCart =
  (units: UnitsOfCart, clock: Clock) =>
  (owner: CartOwner, guestCartId: string): Promise<Result<Cart, CurrencyMismatch>> =>
    units(owner.cartId).run(async ({ carts }) => {
      const now = clock.now();
      const guestOwner = { cartId: guestCartId, userId: undefined };
      const found = await carts.find([owner.cartId, guestCartId]);
      const own = cartAt(found.get(owner.cartId), owner, now);
      const guest = cartAt(found.get(guestCartId), guestOwner, now);
      const merged = mergeCarts(own, guest, now);
      if (!merged.ok) return merged;
      if (merged.value.own !== own) await carts.save(merged.value.own);
      if (merged.value.guest !== guest) await carts.save(merged.value.guest);
      return ok(merged.value.own);
    });
