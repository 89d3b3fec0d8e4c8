import { createHmac, timingSafeEqual } from 'node:crypto';
import { after, DAY, type Clock } from '#kernel/clock.ts';
import { isUuid } from '#kernel/ids.ts';

const LIFETIME_MS = 180 * DAY;
const SECOND_MS = 1_000;

/** Part of the signed text: a text signed for another purpose, or in another version of the format, gives no access. */
const PURPOSE = 'access to an order, version 1';

/** Tokens `<order id>.<expiry, seconds since the epoch>.<HMAC-SHA-256, base64url>`. Each gives access to one order. */
export interface OrderTokens {
  /** The same for each call. @param placedAt RFC 3339; the token expires 180 days later */
  issue(order: { readonly orderId: string; readonly placedAt: string }): string;
  /** The ID of the token's order; undefined if the token is forged or has expired. */
  read(token: string): string | undefined;
}

/** @param key the same in all instances; another one revokes all tokens */
export const makeOrderTokens = (key: string | Buffer, clock: Clock): OrderTokens => {
  const signatureOf = (orderId: string, expiry: string): Buffer =>
    Buffer.from(createHmac('sha256', key).update(`${PURPOSE}\n${orderId}\n${expiry}`).digest('base64url'));
  return {
    issue: ({ orderId, placedAt }) => {
      const expiry = String(Math.floor(after(new Date(placedAt), LIFETIME_MS).getTime() / SECOND_MS));
      return `${orderId}.${expiry}.${signatureOf(orderId, expiry).toString()}`;
    },
    read: (token) => {
      const [orderId = '', expiry = '', signature = '', ...rest] = token.split('.');
      if (!isUuid(orderId) || !/^\d{1,12}$/.test(expiry) || rest.length > 0) return undefined;
      // As text: different base64 texts can stand for the same bytes.
      const [given, right] = [Buffer.from(signature), signatureOf(orderId, expiry)];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      return Number(expiry) * SECOND_MS > clock.now().getTime() ? orderId : undefined;
    },
  };
};
