import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MAX_LINES, MAX_QUANTITY } from '#cart/core/domain/cart.ts';
import { CURRENCIES, HIGHEST_PRICE } from '#kernel/currencies.ts';
import { exponentOf, money, parseMoney, share, toDecimal } from '#kernel/money.ts';
import { totalsOf } from '#order/core/domain/totals.ts';
import { fromEuroCents } from '#shipping/adapters/mock-carrier/currencies.ts';

const schemaOf = (file: string, name: string): { readonly maximum: number } => {
  const document = parse(readFileSync(new URL(`../../openapi/${file}`, import.meta.url), 'utf8')) as {
    readonly components: { readonly schemas: Readonly<Record<string, { readonly maximum: number }>> };
  };
  return document.components.schemas[name] ?? { maximum: 0 };
};
/** Above every rate there is. */
const DEAREST_TAX = { rate: 30_000, isIncluded: false };
/** Also of places that no carrier charges in today. */
const MAGNITUDES = [...CURRENCIES, 'KWD', 'TND'];

describe('what can be listed can be ordered', () => {
  it.each(CURRENCIES)('in %s: carriers charge in it', (currency) => {
    expect(fromEuroCents(10_000, currency)).toMatchObject({ currency });
  });

  it('in no currency that carriers do not charge in', () => {
    expect(fromEuroCents(10_000, 'XAF')).toBeUndefined();
  });

  it.each(MAGNITUDES)(
    'in %s: the total of a cart full of the most expensive product is valid everywhere',
    (currency) => {
      const price = money(HIGHEST_PRICE, currency);
      expect(toDecimal(price)).toBeLessThanOrEqual(schemaOf('catalog.yaml', 'Price').maximum);
      const lines = Array.from({ length: MAX_LINES }, () => ({ price, quantity: MAX_QUANTITY }));
      const { total, tax } = totalsOf(lines, price, DEAREST_TAX);
      for (const amount of [total, tax, share(total, 100_000)]) {
        const decimal = toDecimal(amount);
        expect(decimal).toBeLessThanOrEqual(schemaOf('common.yaml', 'Amount').maximum);
        expect(parseMoney(decimal, currency)).toEqual({ ok: true, value: amount });
      }
    },
  );

  it('up to the schema’s maximum, which every currency can reach', () => {
    const fewest = Math.min(...MAGNITUDES.map(exponentOf));
    expect(schemaOf('catalog.yaml', 'Price').maximum).toBe(HIGHEST_PRICE / 10 ** fewest);
  });
});
