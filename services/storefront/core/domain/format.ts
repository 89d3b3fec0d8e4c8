import { exponentOf, toDecimal, type Money } from '#kernel/money.ts';
import type { Language } from '../ports/shop.ts';

/** How a language is written where most of its readers in this shop live. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-IE', de: 'de-DE' };

/** Texts for people of a language. Times are those of `timeZone`. */
export interface Format {
  price(amount: Money): string;
  /** One decimal. */
  average(value: number): string;
  /** A moment: `1 March 2026`. */
  date(moment: Date): string;
  /** A moment with its time: `1 March 2026, 10:15`. */
  moment(moment: Date): string;
  /** A day of the calendar such as `2026-03-04`: `Wednesday, 4 March`. */
  day(date: string): string;
  country(code: string): string;
}

const TIME_ZONE = 'Europe/Berlin';

const made = new Map<Language, Format>();

/** Making the formatters of Intl takes longer than using them. */
export const formatFor = (language: Language): Format => {
  const known = made.get(language) ?? makeFormat(LOCALES[language]);
  made.set(language, known);
  return known;
};

const makeFormat = (locale: string): Format => {
  const prices = new Map<string, Intl.NumberFormat>();
  const priceIn = (currency: string): Intl.NumberFormat => {
    const known = prices.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
    prices.set(currency, known);
    return known;
  };
  const averages = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: TIME_ZONE });
  const moments = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: TIME_ZONE,
  });
  const days = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  return {
    price: (amount) => priceIn(amount.currency).format(toDecimal(amount)),
    average: (value) => averages.format(value),
    date: (moment) => dates.format(moment),
    moment: (moment) => moments.format(moment),
    day: (date) => days.format(new Date(`${date}T00:00:00Z`)),
    country: (code) => countries.of(code) ?? code,
  };
};

/** A decimal as the API takes it: `104.70`. */
export const decimalText = (amount: Money): string => toDecimal(amount).toFixed(exponentOf(amount.currency));

/** `visa •••• 4242` with a capital. */
export const cardText = (card: string): string => card.charAt(0).toUpperCase() + card.slice(1);
