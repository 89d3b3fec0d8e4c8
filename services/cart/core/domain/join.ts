import { ok, refuse, type Result } from '#kernel/result.ts';
import { currencyOf, MAX_LINES, MAX_QUANTITY, type Cart, type CartItem } from './cart.ts';
import { withItems, type CurrencyMismatch } from './change.ts';

/** Adds up quantities, up to the limits of a cart; leaves out items in another currency. */
export const joinItems = (items: readonly CartItem[], more: readonly CartItem[]): CartItem[] => {
  const joined = new Map(items.map((item) => [item.variantId, item]));
  const currency = currencyOf({ items }) ?? currencyOf({ items: more });
  for (const item of more) {
    const known = joined.get(item.variantId);
    const fits = item.price.currency === currency && (known !== undefined || joined.size < MAX_LINES);
    if (!fits) continue;
    const quantity = Math.min(MAX_QUANTITY, (known?.quantity ?? 0) + item.quantity);
    // The stock was not checked for the sum.
    joined.set(item.variantId, known ? { ...known, quantity, stockChecked: false } : { ...item, quantity });
  }
  return [...joined.values()];
};

/** Both carts after merging the guest cart into the user's. A closed guest cart was merged before. */
export const mergeCarts = (
  own: Cart,
  guest: Cart,
  now: Date,
): Result<{ readonly own: Cart; readonly guest: Cart }, CurrencyMismatch> => {
  if (guest.isClosed) return ok({ own, guest });
  const [currency, other] = [currencyOf(own), currencyOf(guest)];
  if (currency !== undefined && other !== undefined && currency !== other)
    return refuse('CURRENCY_MISMATCH', `One cart’s prices are in ${currency}; the other’s are in ${other}.`);
  return ok({
    own: guest.items.length === 0 ? own : withItems(own, joinItems(own.items, guest.items), now),
    guest: { ...withItems(guest, [], now), isClosed: true },
  });
};
