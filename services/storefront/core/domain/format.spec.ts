import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { decimalText, formatFor } from './format.ts';

const plain = (text: string): string => text.replaceAll(/\s/g, ' ');

describe('texts for people', () => {
  it('are written as in their language', () => {
    const [en, de] = [formatFor('en'), formatFor('de')];
    expect(en.price(money(89_999, 'EUR'))).toBe('€899.99');
    expect(plain(de.price(money(89_999, 'EUR')))).toBe('899,99 €');
    expect(en.price(money(900, 'JPY'))).toMatch(/900$/);
    expect(en.average(4)).toBe('4.0');
    expect(de.average(4.25)).toBe('4,3');
    expect(en.day('2026-03-04')).toBe('Wednesday, 4 March');
    expect(de.country('AT')).toBe('Österreich');
  });

  it('have the time of the shop', () => {
    expect(formatFor('de').moment(new Date('2026-03-01T23:30:00Z'))).toContain('02.03.2026');
  });
});

describe('a decimal for the API', () => {
  it('has the places of its currency', () => {
    expect(decimalText(money(10_470, 'EUR'))).toBe('104.70');
    expect(decimalText(money(900, 'JPY'))).toBe('900');
  });
});
