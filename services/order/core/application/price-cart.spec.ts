import { describe, expect, it } from 'vitest';
import { after, ManualClock } from '#kernel/clock.ts';
import { money } from '#kernel/money.ts';
import type { Address } from '../domain/order.ts';
import { makePriceCart, type PricingSources } from './price-cart.ts';

const QUOTED_AT = new Date('2026-03-01T12:00:00Z');
const [QUOTED, CURRENT] = [money(1_000, 'EUR'), money(1_100, 'EUR')];

const address: Address = {
  recipient: 'Sam Shopper',
  line1: 'Street 1',
  city: 'Berlin',
  postal_code: '10115',
  country: 'DE',
};
const item = { itemId: 'i', sku: 's', productId: 'p', variantId: 'v', quantity: 1 };
const cart = { cartId: 'c', version: 1, currency: 'EUR', items: [item] };
const taxation = { rate: 0, isIncluded: false };
const option = {
  optionId: 'dhl:express',
  carrier: 'DHL',
  service: 'Express',
  price: money(500, 'EUR'),
  estimatedDelivery: '2026-03-04',
};
const offerAt = (price: typeof QUOTED) => ({
  productId: 'p',
  variantId: 'v',
  sku: 's',
  name: 'Kettle',
  price,
});

const SOURCES: PricingSources = {
  carts: { ofUser: () => Promise.resolve(cart), ofGuest: () => Promise.resolve(undefined) },
  stock: { available: () => Promise.resolve(new Map()) },
  offers: { of: () => Promise.resolve(new Map([['v', offerAt(CURRENT)]])) },
  shipping: { quote: () => Promise.resolve([option]) },
  taxes: { rateFor: () => 0, areGross: () => false },
  quotes: {
    sign: () => 'token',
    verify: () => ({ offers: [offerAt(QUOTED)], options: [option], taxation, quotedAt: QUOTED_AT }),
  },
  validMs: 0,
};

/** The price of the item `ageMs` after a quote, in a shop that holds quoted prices for `validMs`. */
const priceWith = async ({ ageMs, validMs }: { readonly ageMs: number; readonly validMs: number }) => {
  const priceCart = makePriceCart({ ...SOURCES, validMs }, new ManualClock(after(QUOTED_AT, ageMs)));
  const priced = await priceCart({ userId: 'u' }, address, 'token');
  return priced.ok ? priced.value.items.map(({ offer }) => offer.price) : priced.error.code;
};

describe('a cart with the token of a quote', () => {
  it('has the quoted price until the quote expires', async () => {
    expect(await priceWith({ ageMs: 999, validMs: 1_000 })).toEqual([QUOTED]);
    expect(await priceWith({ ageMs: 1_000, validMs: 1_000 })).toEqual([CURRENT]);
  });

  it('has the current price where quotes hold no prices', async () => {
    expect(await priceWith({ ageMs: 0, validMs: 0 })).toEqual([CURRENT]);
  });
});

describe('a cart', () => {
  const priceNow = (changes: Partial<PricingSources>) =>
    makePriceCart({ ...SOURCES, ...changes }, new ManualClock(QUOTED_AT))({ userId: 'u' }, address);

  it('names only the items that are no longer for sale', async () => {
    const gone = { ...item, itemId: 'j', variantId: 'w' };
    const carts = { ...SOURCES.carts, ofUser: () => Promise.resolve({ ...cart, items: [item, gone] }) };
    const errors = [{ pointer: '/items/1', message: 'is no longer for sale', itemId: 'j', sku: 's' }];
    expect(await priceNow({ carts })).toMatchObject({ error: { code: 'ITEM_NOT_SOLD', errors } });
  });

  it('cannot be sold where the shop has no tax rule', async () => {
    expect(await priceNow({ taxes: { rateFor: () => undefined, areGross: () => false } })).toMatchObject({
      error: { code: 'NOT_DELIVERABLE' },
    });
  });
});
