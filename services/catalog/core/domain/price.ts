import type { Money } from '#kernel/money.ts';
import type { PriceList } from './price-list.ts';

/** A variant's price in a price list, with what decides when it applies. */
export interface ListPrice extends Pick<PriceList, 'code' | 'priority' | 'validFrom' | 'validUntil'> {
  readonly price: Money;
}

/** What a variant costs: its own price, and those in price lists. */
export interface Priced {
  readonly price: Money;
  /** At most one per list. */
  readonly listPrices: readonly ListPrice[];
}

export const listPrice = ({ code, priority, validFrom, validUntil }: PriceList, price: Money): ListPrice => ({
  code,
  priority,
  validFrom,
  validUntil,
  price,
});

/** What a customer pays in one currency. */
export interface CurrentPrice {
  readonly price: Money;
  /** The variant's own price, if it is higher. */
  readonly regular?: Money | undefined;
}

/** The prices that apply at a time, one per currency; that in the variant's own currency comes first. */
export const pricesAt = ({ price: own, listPrices }: Priced, at: Date): readonly CurrentPrice[] => {
  if (listPrices.length === 0) return [{ price: own }];
  const now = at.toISOString();
  const valid = listPrices.filter(
    ({ validFrom = '', validUntil }) => validFrom <= now && (validUntil === undefined || now < validUntil),
  );
  const candidates = [{ price: own, priority: 0 }, ...valid];
  return [...Map.groupBy(candidates, ({ price }) => price.currency).values()].map((inCurrency) => {
    const { price } = inCurrency.reduce((best, one) => (isPreferred(one, best) ? one : best));
    const isReduced = price.currency === own.currency && price.minor < own.minor;
    return isReduced ? { price, regular: own } : { price };
  });
};

type Candidate = Pick<ListPrice, 'price' | 'priority'>;

/** Of equal priority, the lower price applies. */
const isPreferred = (one: Candidate, other: Candidate): boolean =>
  one.priority > other.priority || (one.priority === other.priority && one.price.minor < other.price.minor);

/** The price that applies at a time, in the variant's own currency. */
export const priceAt = (priced: Priced, at: Date): CurrentPrice => {
  const [own = { price: priced.price }] = pricesAt(priced, at);
  return own;
};

/** When a price of the variant becomes valid or ends next, if ever. */
export const nextPriceChange = (
  { listPrices }: Pick<Priced, 'listPrices'>,
  after: Date,
): Date | undefined => {
  const now = after.toISOString();
  const [next] = listPrices
    .flatMap(({ validFrom, validUntil }) => [validFrom, validUntil])
    .filter((time): time is string => time !== undefined && time > now)
    .sort();
  return next === undefined ? undefined : new Date(next);
};
