import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid } from '#kernel/ids.ts';

/** Tokens of guest carts: `<cart id>.<signature>`. A token grants full access to its cart. */
export interface CartTokens {
  issue(cartId: string): string;
  /** The ID of the token's cart; undefined if the token is forged. */
  read(token: string): string | undefined;
}

/** @param secret at least 32 characters, the same in all instances */
export const makeCartTokens = (secret: string): CartTokens => {
  const signatureOf = (cartId: string): Buffer =>
    createHmac('sha256', secret).update(`guest cart ${cartId}`).digest();
  return {
    issue: (cartId) => `${cartId}.${signatureOf(cartId).toString('base64url')}`,
    read: (token) => {
      const [cartId = '', signature = '', ...rest] = token.split('.');
      if (!isUuid(cartId) || rest.length > 0) return undefined;
      const [given, right] = [Buffer.from(signature, 'base64url'), signatureOf(cartId)];
      return given.length === right.length && timingSafeEqual(given, right) ? cartId : undefined;
    },
  };
};
