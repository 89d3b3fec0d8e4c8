import { err, ok, type Result } from './result.ts';

/** An amount in integer minor units (cents, yen, fils) of an ISO 4217 currency. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

export interface InvalidAmount {
  readonly code: 'INVALID_AMOUNT';
  readonly detail: string;
}

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0,
  VUV: 0, XAF: 0, XOF: 0, XPF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4,
  UYW: 4,
}; // prettier-ignore

/** Up to here, a decimal identifies one amount: neighbouring amounts are different floats. */
const MOST_MINOR = 2 ** 51;

/** Decimal places of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export const exponentOf = (currency: string): number => EXPONENTS[currency] ?? 2;

export const money = (minor: number, currency: string): Money => {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not an integer of minor units: ${minor}`);
  return { minor: minor || 0, currency }; // never -0
};

export const zero = (currency: string): Money => money(0, currency);

/**
 * Parses a decimal amount as sent over the wire (899.99, EUR → 89999).
 * Refuses more decimal places than the currency has, and amounts that floating point cannot distinguish.
 */
export const parseMoney = (decimal: number, currency: string): Result<Money, InvalidAmount> => {
  const minor = Math.round(decimal * 10 ** exponentOf(currency));
  // Division rounds to the nearest float, as parsing did, so the two are equal if the decimal is exact.
  const fits = Math.abs(minor) <= MOST_MINOR && toDecimal({ minor, currency }) === decimal;
  return fits
    ? ok(money(minor, currency))
    : err({ code: 'INVALID_AMOUNT', detail: `${decimal} is not an amount of ${currency}` });
};

/** Parses a decimal that was validated before; throws on any other. */
export const moneyOf = (decimal: number, currency: string): Money => {
  const parsed = parseMoney(decimal, currency);
  if (!parsed.ok) throw new RangeError(parsed.error.detail);
  return parsed.value;
};

/** The decimal as sent over the wire: 89999 EUR → 899.99. */
export const toDecimal = ({ minor, currency }: Money): number => minor / 10 ** exponentOf(currency);

/** The amount as text: "899.99 EUR". */
export const formatMoney = (amount: Money): string =>
  `${toDecimal(amount).toFixed(exponentOf(amount.currency))} ${amount.currency}`;

const sameCurrency = (a: Money, b: Money): void => {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} and ${b.currency} do not mix`);
};

export const add = (a: Money, b: Money): Money => {
  sameCurrency(a, b);
  return money(a.minor + b.minor, a.currency);
};

export const times = (amount: Money, quantity: number): Money =>
  money(amount.minor * quantity, amount.currency);

export const sum = (amounts: readonly Money[], currency: string): Money =>
  amounts.reduce<Money>(add, zero(currency));

export const equals = (a: Money, b: Money): boolean => a.minor === b.minor && a.currency === b.currency;

/** 100 % in thousandths of a percent, the unit of rates: 19 % is 19_000, Québec's 14.975 % is 14_975. */
const WHOLE = 100_000;

/**
 * The tax added to a net amount, rounded half up (away from zero) to the minor unit.
 * @param rate in thousandths of a percent
 */
export const share = (amount: Money, rate: number): Money => fraction(amount, rate, WHOLE);

/**
 * The tax contained in a gross amount: 2.39 of 15.00 at 19 %. Rounded like `share`.
 * @param rate in thousandths of a percent
 */
export const shareWithin = (amount: Money, rate: number): Money => fraction(amount, rate, WHOLE + rate);

const fraction = ({ minor, currency }: Money, part: number, whole: number): Money => {
  const [exact, divisor] = [BigInt(Math.abs(minor)) * BigInt(part), BigInt(whole)];
  const rounded = Number((2n * exact + divisor) / (2n * divisor));
  return money(minor < 0 ? -rounded : rounded, currency);
};
