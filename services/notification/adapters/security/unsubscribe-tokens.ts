import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid } from '#kernel/ids.ts';
import { MAIL_KINDS, type MailKind } from '../../core/domain/mail.ts';

/** What the link in a mail ends: mails of a kind to a user. */
export interface Subscribed {
  readonly userId: string;
  readonly kind: MailKind;
}

export interface UnsubscribeTokens {
  readonly sign: (subscribed: Subscribed) => string;
  /** Undefined for a token that this service did not sign. */
  readonly verify: (token: string) => Subscribed | undefined;
}

/**
 * Tokens in the links of mails. They do not expire, because mails are read late, and let their holder do nothing but unsubscribe.
 * @param key of this purpose only, the same in all instances
 */
export const makeUnsubscribeTokens = (key: Buffer): UnsubscribeTokens => {
  const seal = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    sign: ({ userId, kind }) => {
      const text = `${userId}.${kind}`;
      return `${Buffer.from(text).toString('base64url')}.${seal(text).toString('base64url')}`;
    },
    verify: (token) => {
      const [encoded = '', signature = ''] = token.split('.');
      const text = Buffer.from(encoded, 'base64url').toString();
      const [given, right] = [Buffer.from(signature, 'base64url'), seal(text)];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      const userId = text.slice(0, 36);
      const kind = MAIL_KINDS.find((one) => one === text.slice(37));
      return isUuid(userId) && kind !== undefined ? { userId, kind } : undefined;
    },
  };
};
