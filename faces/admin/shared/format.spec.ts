import { describe, expect, it } from 'vitest';
import { ago, countryName, day, decimalsOf, fromLocalInput, moment, money, toLocalInput } from './format.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
/** `Intl` separates by several kinds of blanks. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('money', () => {
  it.each([
    [1234.5, 'EUR', 'en-GB', '€1,234.50'],
    [1234.5, 'EUR', 'de-DE', '1.234,50 €'],
    [900, 'JPY', 'en-GB', 'JP¥900'],
  ])('%d %s reads in %s as %s', (amount, currency, locale, text) => {
    expect(plain(money(amount, currency, locale))).toBe(text);
  });

  it('has the decimals of its currency', () => {
    expect(['EUR', 'JPY', 'KWD'].map(decimalsOf)).toEqual([2, 0, 3]);
  });
});

describe('a time', () => {
  it('is shown in the zone of the viewer', () => {
    expect(moment('2026-03-01T23:30:00Z', 'en-GB', 'Europe/Berlin')).toBe('2 Mar 2026, 00:30');
    expect(moment('2026-03-01T23:30:00Z', 'de-DE', 'America/New_York')).toBe('01.03.2026, 18:30');
  });

  it.each([
    ['2026-03-01T11:59:30Z', 'now'],
    ['2026-03-01T11:55:00Z', '5 minutes ago'],
    ['2026-03-01T09:00:00Z', '3 hours ago'],
    ['2026-02-28T11:00:00Z', 'yesterday'],
    ['2026-02-20T12:00:00Z', '20 Feb 2026'],
  ])('%s is %s', (iso, text) => {
    expect(ago(iso, NOW, 'en-GB')).toBe(text);
  });

  it('in the future is said so', () => {
    expect(ago('2026-03-01T14:00:00Z', NOW, 'de')).toBe('in 2 Stunden');
  });

  it('survives the way into a field and back, to the minute', () => {
    expect(fromLocalInput(toLocalInput('2026-03-01T10:15:00.000Z'))).toBe('2026-03-01T10:15:00.000Z');
    expect([toLocalInput(undefined), fromLocalInput('')]).toEqual(['', undefined]);
  });
});

describe('names', () => {
  it('are long for countries', () => {
    expect([countryName('DE', 'de'), countryName('DE', 'en'), day('2026-03-04', 'en-GB')]).toEqual([
      'Deutschland',
      'Germany',
      '4 Mar 2026',
    ]);
  });
});
