import { isCountry, isPostalCode, needsPostalCode } from './countries.ts';
import { needsRegion, regionOf } from './regions.ts';
import { err, ok, type FieldError, type Result } from './result.ts';

/** A validated postal address in canonical spelling, as sent over the wire. */
export interface PostalAddress {
  readonly recipient: string;
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  /** The ISO 3166-2 code without its country (`CA`) where taxes depend on it, otherwise as entered. */
  readonly region?: string;
  /** Empty if the country has none, or does not require one and none was given. */
  readonly postal_code: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone?: string;
}

/** An address as entered. A blank field counts as missing. */
export type WrittenAddress = Omit<PostalAddress, 'postal_code'> & { readonly postal_code?: string };

const FIELDS = ['recipient', 'line1', 'line2', 'city', 'region', 'postal_code', 'phone'] as const;
const ALWAYS = ['recipient', 'line1', 'city'] as const;

/** Unprintable: control characters, unassigned and private ones, and those that change the text direction. */
const UNPRINTABLE = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u;
const VISIBLE = /[\p{L}\p{N}]/u;

const tidy = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();

/** A line of text without superfluous blanks; undefined if it is blank or cannot be printed. */
export const readLine = (text: string): string | undefined => {
  const line = tidy(text);
  return VISIBLE.test(line) && !UNPRINTABLE.test(line) ? line : undefined;
};

/**
 * The address in canonical spelling, checked by the rules of its country, or all its faults.
 * Faults point into the address: `/region`.
 */
export const readAddress = (written: WrittenAddress): Result<PostalAddress, readonly FieldError[]> => {
  const { country } = written;
  const given = new Map(
    FIELDS.flatMap((field): [string, string][] => {
      const text = tidy(written[field] ?? '');
      return text === '' ? [] : [[field, text]];
    }),
  );
  const text = (field: (typeof FIELDS)[number]): string => given.get(field) ?? '';
  const optional = (field: 'line2' | 'region' | 'phone') =>
    given.has(field) ? { [field]: text(field) } : {};
  const faults: FieldError[] = [];
  const fault = (field: string, message: string): void => {
    if (!faults.some(({ pointer }) => pointer === `/${field}`))
      faults.push({ pointer: `/${field}`, message });
  };

  for (const [field, value] of given)
    if (UNPRINTABLE.test(value)) fault(field, 'contains a character that cannot be printed');
  for (const field of ALWAYS)
    if (!VISIBLE.test(text(field))) fault(field, 'must contain a letter or a digit');
  if (!isCountry(country)) fault('country', 'is not an ISO 3166-1 country code');
  const postalCode = text('postal_code').toUpperCase();
  if (postalCode === '' ? needsPostalCode(country) : !isPostalCode(postalCode, country))
    fault(
      'postal_code',
      postalCode === '' ? `is required in ${country}` : `is not a postal code of ${country}`,
    );
  const region = needsRegion(country) ? regionOf(text('region'), country) : undefined;
  if (needsRegion(country) && region === undefined)
    fault('region', `must be a state or province of ${country}: its name or its ISO 3166-2 code`);

  if (faults.length > 0) return err(faults);
  return ok({
    recipient: text('recipient'),
    line1: text('line1'),
    ...optional('line2'),
    city: text('city'),
    ...(region === undefined ? optional('region') : { region }),
    postal_code: postalCode,
    country,
    ...optional('phone'),
  });
};
