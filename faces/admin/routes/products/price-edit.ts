import type { Schemas } from '../../api.ts';
import { parseNumber } from '../../shared/sheet/numbers.ts';

export const CHANGES = [
  'percent',
  'amount',
  'set',
] as const satisfies readonly Schemas['PriceEdit']['change'][];

/** How prices are rounded: to the nearest multiple, less something. */
export const ROUNDINGS = {
  none: undefined,
  cents5: { to: 0.05 },
  cents10: { to: 0.1 },
  whole: { to: 1 },
  whole99: { to: 1, less: 0.01 },
  whole95: { to: 1, less: 0.05 },
} as const satisfies Readonly<Record<string, Schemas['PriceEdit']['rounding'] | undefined>>;

export type RoundingName = keyof typeof ROUNDINGS;

export interface PriceForm {
  readonly change: (typeof CHANGES)[number];
  /** In the notation of the language; percent may be written `10 %`. */
  readonly value: string;
  readonly rounding: RoundingName;
  /** The code of a price list; empty for the variants' own prices. */
  readonly list: string;
}

const MOST = 1_000_000_000;

/** What is sent; undefined if the value is none. */
export const priceEditOf = (
  { change, value, rounding, list }: PriceForm,
  locale: string,
): Schemas['PriceEdit'] | undefined => {
  const number = parseNumber(value.replace('%', ''), locale);
  if (number === undefined || Math.abs(number) > MOST) return undefined;
  if (change === 'set' && number < 0) return undefined;
  if (change === 'percent' && number < -100) return undefined;
  const round = ROUNDINGS[rounding];
  return {
    change,
    value: number,
    ...(round === undefined ? {} : { rounding: round }),
    ...(list === '' ? {} : { price_list: list }),
  };
};
