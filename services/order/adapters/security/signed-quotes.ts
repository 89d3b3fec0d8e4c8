import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Address } from '../../core/domain/order.ts';
import type { QuoteSubject, QuoteTokens } from '../../core/ports/quote-tokens.ts';

/**
 * Characters, as in `openapi/order.yaml`: a cart of 100 lines, each with a name of 300 letters, and nine shipping options fit.
 * The rest of the largest `POST /orders` fits into the remaining third of a body's 100 KiB.
 */
export const LONGEST_TOKEN = 65_536;

/** Part of the signed text: a text signed for another purpose, or in another version of the format, is not a quote. */
const PURPOSE = 'prices of a quote, version 1';

const money = z.object({ minor: z.int().min(0), currency: z.string() });

const quotedPrices = z.object({
  offers: z.array(z.object({ variantId: z.string(), sku: z.string(), name: z.string(), price: money })),
  options: z.array(
    z.object({
      optionId: z.string(),
      carrier: z.string(),
      service: z.string(),
      price: money,
      estimatedDelivery: z.string(),
    }),
  ),
  taxation: z.object({ rate: z.int().min(0), isIncluded: z.boolean() }),
  quotedAt: z.iso.datetime().transform((time) => new Date(time)),
});

/** Every field, by its type: a token holds for one address only. */
const fieldsOf = ({ recipient, line1, line2, city, region, postal_code, country, phone }: Address) =>
  ({ recipient, line1, line2, city, region, postal_code, country, phone }) satisfies Record<
    keyof Address,
    unknown
  >;

/** The subject is signed, but not part of the token: it is known when the token is verified. */
const textOf = ({ ownerId, cart, address }: QuoteSubject): string =>
  JSON.stringify([
    ownerId,
    [cart.cartId, cart.version, cart.currency],
    cart.items.map(({ variantId, quantity }) => [variantId, quantity]),
    fieldsOf(address),
  ]);

/**
 * Tokens `<prices, base64url>.<HMAC-SHA-256, base64url>`.
 * @param key 256 bits, the same in all instances
 */
export const signedQuotes = (key: Buffer): QuoteTokens => {
  const secret = createSecretKey(key); // made once: with a buffer, each signature takes four times as long
  const signatureOf = (prices: string, subject: QuoteSubject): string =>
    createHmac('sha256', secret)
      .update(`${PURPOSE}\n${textOf(subject)}\n${prices}`)
      .digest('base64url');

  return {
    sign: (quoted, subject) => {
      const prices = Buffer.from(JSON.stringify(quoted)).toString('base64url');
      const token = `${prices}.${signatureOf(prices, subject)}`;
      return token.length <= LONGEST_TOKEN ? token : undefined;
    },
    verify: (token, subject) => {
      if (token.length > LONGEST_TOKEN) return undefined;
      const end = token.lastIndexOf('.');
      const prices = token.slice(0, Math.max(end, 0));
      // As text: different base64 texts can stand for the same bytes.
      const given = Buffer.from(token.slice(end + 1));
      const right = Buffer.from(signatureOf(prices, subject));
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      return quotedPrices.safeParse(JSON.parse(Buffer.from(prices, 'base64url').toString())).data;
    },
  };
};
