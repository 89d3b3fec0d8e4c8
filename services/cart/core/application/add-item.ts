import type { Clock } from '#kernel/clock.ts';
import { once, replay, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Err, type Refusal, type Result } from '#kernel/result.ts';
import type { Cart, CartOwner } from '../domain/cart.ts';
import { addItem, type CartClosed, type DoesNotFit, type OutOfStock } from '../domain/change.ts';
import { itemAdded } from '../domain/events.ts';
import type { UnitsOfCart } from '../ports/cart-tx.ts';
import type { Catalog, Stock } from '../ports/neighbours.ts';
import { loadCart, type GetCart } from './load-cart.ts';

export interface AddToCart {
  readonly owner: CartOwner;
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

type Refused = CartClosed | OutOfStock | DoesNotFit;
type CannotOffer = Refusal<'VARIANT_NOT_FOUND' | 'UNAVAILABLE'>;

const NOT_SOLD = refuse('VARIANT_NOT_FOUND', 'The product has no such variant, or it is not sold any more.');

/** Asks catalog and inventory first, at once; then it is one read and one write. */
export const makeAddItem =
  (units: UnitsOfCart, getCart: GetCart, catalog: Catalog, stock: Stock, ids: Ids, clock: Clock) =>
  async (
    { owner, productId, variantId, quantity }: AddToCart,
    key?: IdempotencyKey,
  ): Promise<Result<Cart, Refused | CannotOffer | IdempotencyRefusal>> => {
    /** A repetition is answered even where the item could not be added any more. */
    const unlessRepeated = async (refusal: Err<CannotOffer>) => {
      if (!key) return refusal;
      const earlier = await units(owner.cartId).run((tx) => replay(tx.idempotency, key, String));
      if (!earlier.ok) return earlier;
      return earlier.value === undefined ? refusal : ok(await getCart(owner));
    };

    const [offered, available] = await Promise.all([catalog.offer(variantId), stock.available(variantId)]);
    if (!offered.ok) return unlessRepeated(offered);
    const offer = offered.value;
    if (offer?.productId !== productId) return unlessRepeated(NOT_SOLD);
    let made: { readonly attempt: string; readonly cart: Cart } | undefined;
    const added = await once(
      units(owner.cartId),
      key,
      String,
      async ({ carts, outbox }): Promise<Result<string, Refused>> => {
        const [now, itemId] = [clock.now(), ids.next()];
        const current = await loadCart(carts, owner, now);
        const decided = addItem(current, { offer, quantity, available, itemId }, now);
        if (!decided.ok) return decided;
        await carts.save(decided.value);
        await outbox.add(itemAdded(decided.value, offer, quantity));
        made = { attempt: itemId, cart: decided.value };
        return ok(itemId);
      },
    );
    if (!added.ok) return added;
    // A repetition answers the cart as it is by now.
    return ok(made?.attempt === added.value ? made.cart : await getCart(owner));
  };
