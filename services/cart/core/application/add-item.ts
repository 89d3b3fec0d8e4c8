import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { once, replay, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { refuse, type Err, type Refusal, type Result } from '#kernel/result.ts';
import type { Cart, CartOwner } from '../domain/cart.ts';
import { addItem, type CartClosed, type DoesNotFit, type OutOfStock } from '../domain/change.ts';
import type { Publication } from '../domain/events.ts';
import type { CartTx, UnitsOfCart } from '../ports/cart-tx.ts';
import type { Catalog, Stock } from '../ports/neighbours.ts';
import { loadCart } from './load-cart.ts';

export interface AddToCart {
  readonly owner: CartOwner;
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
  /** ISO 4217; the variant's own by default. A cart with items keeps its currency. */
  readonly currency?: string | undefined;
}

type Refused = CartClosed | OutOfStock | DoesNotFit;
type CannotOffer = Refusal<'VARIANT_NOT_FOUND' | 'UNAVAILABLE'>;

const NOT_SOLD = refuse('VARIANT_NOT_FOUND', 'There is no such variant, or it is no longer for sale.');

/** What is stored under a key. A whole cart would let one client fill gigabytes a day. */
const versionOf = ({ version }: Cart): number => version;

/**
 * Asks catalog and inventory concurrently; then it takes one read and one write. Returns the cart with the item; a retry
 * changes nothing and returns the current cart, whether or not the item is still in it.
 */
export const makeAddItem =
  (units: UnitsOfCart, catalog: Catalog, stock: Stock, ids: Ids, clock: Clock, toWire: ToWire<Publication>) =>
  async (
    { owner, productId, variantId, quantity, currency }: AddToCart,
    key?: IdempotencyKey,
  ): Promise<Result<Cart, Refused | CannotOffer | IdempotencyRefusal>> => {
    const recall = (_version: unknown, { carts }: CartTx): Promise<Cart> =>
      loadCart(carts, owner, clock.now());
    /** A later refusal of the catalog must not hide the original outcome from a retry. */
    const unlessRepeated = async (
      refusal: Err<CannotOffer>,
    ): Promise<Result<Cart, CannotOffer | IdempotencyRefusal>> =>
      (await units(owner.cartId).run((tx) => replay(tx.idempotency, key, (kept) => recall(kept, tx)))) ??
      refusal;

    const [offered, available] = await Promise.all([catalog.offer(variantId), stock.available(variantId)]);
    if (!offered.ok) return unlessRepeated(offered);
    const offer = offered.value;
    if (offer?.productId !== productId) return unlessRepeated(NOT_SOLD);
    return once(
      units(owner.cartId),
      key,
      recall,
      async ({ carts, outbox }): Promise<Result<Cart, Refused>> => {
        const [now, itemId] = [clock.now(), ids.next()];
        const current = await loadCart(carts, owner, now);
        const decided = addItem(current, { offer, quantity, currency, available, itemId }, now);
        if (!decided.ok) return decided;
        await carts.save(decided.value);
        const item = decided.value.items.find((one) => one.variantId === variantId) ?? offer;
        await outbox.add(toWire({ type: 'cart.item_added', cart: decided.value, item, quantity }));
        return decided;
      },
      versionOf,
    );
  };
