import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuotedPrices, QuoteSubject } from '../../core/ports/quote-tokens.ts';
import type { CartItem } from '../../core/ports/upstreams.ts';
import { LONGEST_TOKEN, signedQuotes } from './signed-quotes.ts';

const KEY = Buffer.alloc(32, 1);
const tokens = signedQuotes(KEY);

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const offer = { variantId: 'v1', sku: 'K-1', name: 'Kettle', price: eur(1_000) };
const option = {
  optionId: 'dhl:express',
  carrier: 'DHL',
  service: 'Express',
  price: eur(500),
  estimatedDelivery: '2026-03-03',
};
const PRICES: QuotedPrices = {
  offers: [offer],
  options: [option],
  taxation: { rate: 19_000, isIncluded: false },
  quotedAt: new Date('2026-03-01T12:00:00.000Z'),
};

const line: CartItem = { itemId: 'i1', sku: 'K-1', productId: 'p1', variantId: 'v1', quantity: 2 };
const SUBJECT: QuoteSubject = {
  ownerId: 'u1',
  cart: { cartId: 'c1', version: 3, currency: 'EUR', items: [line] },
  address: {
    recipient: 'Sam',
    line1: 'Road 1',
    line2: 'Rear',
    city: 'Berlin',
    region: 'BE',
    postal_code: '10115',
    country: 'DE',
    phone: '030',
  },
};
const withCart = (changes: Partial<QuoteSubject['cart']>): QuoteSubject => ({
  ...SUBJECT,
  cart: { ...SUBJECT.cart, ...changes },
});

const signed = (prices: QuotedPrices = PRICES, subject = SUBJECT): string => {
  const token = tokens.sign(prices, subject);
  if (token === undefined) throw new Error('the prices are too long');
  return token;
};
const encoded = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString('base64url');

describe('a quote token', () => {
  it('holds the prices of its quote', () => {
    expect(tokens.verify(signed(), SUBJECT)).toEqual(PRICES);
    expect(signedQuotes(Buffer.from(KEY)).verify(signed(), SUBJECT)).toEqual(PRICES);
  });

  it('holds any prices and names', () => {
    const anOffer = fc.record({
      variantId: fc.uuid(),
      sku: fc.string(),
      name: fc.string({ unit: 'grapheme' }),
      price: fc.nat().map(eur),
    });
    const offers = fc.array(anOffer, { maxLength: 10 });
    const quotedAt = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') });
    fc.assert(
      fc.property(offers, quotedAt, fc.string(), (offers, quotedAt, recipient) => {
        const prices = { ...PRICES, offers, quotedAt };
        const subject = { ...SUBJECT, address: { ...SUBJECT.address, recipient } };
        expect(tokens.verify(signed(prices, subject), subject)).toEqual(prices);
      }),
    );
  });

  it('can be read by the customer, and contains no personal data', () => {
    const [prices = ''] = signed().split('.');
    const text = Buffer.from(prices, 'base64url').toString();
    expect(JSON.parse(text)).toMatchObject({ offers: [{ name: 'Kettle' }], taxation: { rate: 19_000 } });
    expect(text).not.toMatch(/Sam|Road 1|u1/);
  });

  it('is invalid after any change of a character', () => {
    const token = signed();
    const changed = Array.from(token, (character, at) => {
      const other = character === 'A' ? 'B' : 'A';
      return token.slice(0, at) + other + token.slice(at + 1);
    });
    expect(changed.filter((other) => tokens.verify(other, SUBJECT) !== undefined)).toEqual([]);
  });

  it.each<[string, object]>([
    ['price', { offers: [{ ...offer, price: eur(1) }] }],
    ['name', { offers: [{ ...offer, name: 'Pot' }] }],
    ['SKU', { offers: [{ ...offer, sku: 'K-2' }] }],
    ['variant', { offers: [{ ...offer, variantId: 'v2' }] }],
    ['shipping', { options: [{ ...option, price: eur(0) }] }],
    ['tax', { taxation: { rate: 0, isIncluded: false } }],
    ['kind of tax', { taxation: { rate: 19_000, isIncluded: true } }],
    ['time', { quotedAt: '9999-12-31T00:00:00.000Z' }],
  ])('does not verify with a forged %s', (_, forged) => {
    const signature = signed().split('.')[1] ?? '';
    expect(tokens.verify(`${encoded({ ...PRICES, ...forged })}.${signature}`, SUBJECT)).toBeUndefined();
  });

  it.each<[string, QuoteSubject]>([
    ['user', { ...SUBJECT, ownerId: 'u2' }],
    ['cart', withCart({ cartId: 'c2' })],
    ['version', withCart({ version: 4 })],
    ['currency', withCart({ currency: 'USD' })],
    ['quantity', withCart({ items: [{ ...line, quantity: 3 }] })],
    ['variant', withCart({ items: [{ ...line, variantId: 'v2' }] })],
    ['number of lines', withCart({ items: [line, line] })],
  ])('does not verify for another %s', (_, subject) => {
    expect(tokens.verify(signed(), subject)).toBeUndefined();
  });

  it.each(Object.keys(SUBJECT.address))('does not verify for an address with another %s', (field) => {
    const other = (value: unknown) => ({ ...SUBJECT, address: { ...SUBJECT.address, [field]: value } });
    expect(tokens.verify(signed(), other('other'))).toBeUndefined();
    expect(tokens.verify(signed(), other(undefined))).toBeUndefined();
  });

  it('does not verify with another key', () => {
    expect(signedQuotes(Buffer.alloc(32, 2)).verify(signed(), SUBJECT)).toBeUndefined();
  });

  it('is not what the same key signs without its purpose', () => {
    const [prices = ''] = signed().split('.');
    const signature = createHmac('sha256', KEY).update(prices).digest('base64url');
    expect(tokens.verify(`${prices}.${signature}`, SUBJECT)).toBeUndefined();
  });

  it.each(['', '.', 'garbage', '.'.repeat(100), `.${'A'.repeat(43)}`, 'A'.repeat(LONGEST_TOKEN + 1), 'ä.ä'])(
    'is not %.20j',
    (garbage) => {
      expect(tokens.verify(garbage, SUBJECT)).toBeUndefined();
    },
  );
});

describe('the length of a quote token', () => {
  const cartOf = (name: string): QuotedPrices => ({
    ...PRICES,
    offers: Array.from({ length: 100 }, () => ({
      variantId: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21',
      sku: 'S'.repeat(40),
      name,
      price: eur(1_000_000_000),
    })),
    options: Array.from({ length: 9 }, () => option),
  });

  it('is enough for the largest cart', () => {
    expect(signed(cartOf('n'.repeat(300))).length).toBeLessThanOrEqual(LONGEST_TOKEN);
  });

  it('is limited: longer names have none', () => {
    expect(tokens.sign(cartOf('ä'.repeat(300)), SUBJECT)).toBeUndefined();
  });
});
