import { exponentOf, money, parseMoney, type Money } from '#kernel/money.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { PriceList } from './price-list.ts';
import { decimalsOf, type Variant, type VariantDraft } from './product.ts';

/** How the prices of many variants change. */
export interface PriceEdit {
  /** The code of the price list whose prices change; the variants' own prices if absent. */
  readonly priceList?: string | undefined;
  readonly change: PriceChange;
  readonly rounding?: Rounding | undefined;
}

export type PriceChange =
  /** A decimal in the currency of the price. */
  | { readonly kind: 'set'; readonly price: number }
  /** Percent of the variant's own price, with at most two decimals: -12.5. */
  | { readonly kind: 'percent'; readonly by: number }
  /** A decimal that is added to the variant's own price. */
  | { readonly kind: 'amount'; readonly by: number }
  /** The variant's price in the list is removed. */
  | { readonly kind: 'remove' };

/** Rounds to the nearest multiple, half up, and then takes something off: to 1.00 less 0.01 gives 19.99. */
export interface Rounding {
  /** A decimal above zero. */
  readonly to: number;
  /** A decimal below `to`. */
  readonly less?: number | undefined;
}

type Edited = Result<VariantDraft, string>;

/** A variant after the edit; the reason if it cannot be applied. */
export const editPrice = (
  variant: Variant,
  { priceList: code, change, rounding }: PriceEdit,
  lists: ReadonlyMap<string, PriceList>,
): Edited => {
  if (code === undefined) {
    const price = priceAfter(variant.price, variant.price.currency, change, rounding);
    return price.ok ? ok({ ...variant, price: price.value }) : err(`${variant.sku}: ${price.error}`);
  }
  const list = lists.get(code);
  if (!list) return err(`There is no price list ${code}.`);
  const { [code]: _, ...others } = decimalsOf(variant);
  if (change.kind === 'remove') return ok({ ...variant, prices: others });
  const price = priceAfter(variant.price, list.currency, change, rounding);
  if (!price.ok) return err(`${variant.sku}: ${price.error}`);
  const decimal = price.value.minor / 10 ** exponentOf(list.currency);
  return ok({ ...variant, prices: { ...others, [code]: decimal } });
};

const priceAfter = (
  own: Money,
  currency: string,
  change: PriceChange,
  rounding: Rounding | undefined,
): Result<Money, string> => {
  const changed = changedPrice(own, currency, change);
  if (!changed.ok || !rounding) return changed;
  const [to, less] = [parseMoney(rounding.to, currency), parseMoney(rounding.less ?? 0, currency)];
  if (!to.ok || !less.ok || to.value.minor <= 0 || less.value.minor >= to.value.minor)
    return err(`prices in ${currency} cannot be rounded like that.`);
  const steps = Math.round(changed.value.minor / to.value.minor);
  return ok(money(Math.max(0, steps * to.value.minor - less.value.minor), currency));
};

/** Hundredths of a percent. */
const WHOLE = 10_000;

const changedPrice = (own: Money, currency: string, change: PriceChange): Result<Money, string> => {
  if (change.kind === 'remove') return err('its own price cannot be removed.');
  const amount = change.kind === 'percent' ? ok(money(0, currency)) : amountOf(change, currency);
  if (!amount.ok || change.kind === 'set') return amount;
  if (own.currency !== currency)
    return err(`a price in ${currency} cannot be derived from one in ${own.currency}.`);
  const minor =
    change.kind === 'percent'
      ? Math.round((own.minor * (WHOLE + Math.round(change.by * 100))) / WHOLE)
      : own.minor + amount.value.minor;
  return minor < 0 ? err('the price would be negative.') : ok(money(minor, currency));
};

const amountOf = (
  change: Exclude<PriceChange, { readonly kind: 'percent' | 'remove' }>,
  currency: string,
): Result<Money, string> => {
  const parsed = parseMoney(change.kind === 'set' ? change.price : change.by, currency);
  return parsed.ok ? parsed : err(`${parsed.error.detail}.`);
};
