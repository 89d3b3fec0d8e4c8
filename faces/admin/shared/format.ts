/** Money, times and names as people read them. `locale` is a BCP 47 tag; times are in the zone of the browser unless one is given. */

export const money = (amount: number, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);

/** How many decimals a currency has, such as 2 for EUR and 0 for JPY. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

export const moment = (iso: string, locale: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(iso));

export const date = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso));

export const day = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));

/** Of a date without a time: “Mar 2026”. */
export const month = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(iso));

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Such as “5 minutes ago”; after a week, the date. */
export const ago = (iso: string, now: Date, locale: string): string => {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1_000;
  const past = Math.abs(seconds);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (past < MINUTE) return relative.format(0, 'second');
  if (past < HOUR) return relative.format(Math.trunc(seconds / MINUTE), 'minute');
  if (past < DAY) return relative.format(Math.trunc(seconds / HOUR), 'hour');
  if (past < 7 * DAY) return relative.format(Math.trunc(seconds / DAY), 'day');
  return date(iso, locale);
};

export const countryName = (code: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(code) ?? code;

/** For `<input type="datetime-local">`: minutes, in the zone of the browser. */
export const toLocalInput = (iso: string | undefined): string => {
  if (iso === undefined) return '';
  const at = new Date(iso);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
};

export const fromLocalInput = (text: string): string | undefined =>
  text === '' ? undefined : new Date(text).toISOString();
