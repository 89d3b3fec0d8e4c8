import { expect, it } from 'vitest';
import { checkPriceList, type PriceListContent } from './price-list.ts';

const list = (validFrom?: string, validUntil?: string): PriceListContent => ({
  name: 'Sale',
  priority: 1,
  validFrom,
  validUntil,
});
const [EARLY, LATE] = ['2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'];

it.each([list(), list(EARLY), list(undefined, EARLY), list(EARLY, LATE)])(
  'a price list is valid at some time: %j',
  (content) => {
    expect(checkPriceList(content)).toEqual({ ok: true, value: content });
  },
);

it.each([list(LATE, EARLY), list(EARLY, EARLY)])('a price list is refused if it never is: %j', (content) => {
  expect(checkPriceList(content)).toMatchObject({
    ok: false,
    error: { code: 'INVALID_PRICE_LIST', detail: 'The list must become valid before it ends.' },
  });
});
