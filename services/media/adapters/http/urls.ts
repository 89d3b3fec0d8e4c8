import { createHmac, timingSafeEqual } from 'node:crypto';
import { SECOND } from '#kernel/clock.ts';

/** A key that signs URLs, and its name in them. */
export interface UrlKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

export interface UrlOptions {
  /** Where files are served: an origin of their own, or empty for the gateway's. */
  readonly origin: string;
  /** The first one signs; signatures of all are valid, so that keys can be exchanged. */
  readonly keys: readonly UrlKey[];
}

interface Signed {
  readonly key?: string;
  /** Seconds since the epoch. */
  readonly expires?: number;
  readonly signature?: string;
}

/** URLs of files. */
export interface Urls {
  readonly of: (name: string) => string;
  /** A URL that is valid until then. */
  readonly signed: (name: string, until: Date) => string;
  /** Whether the parameters of a URL let its bearer have the file. */
  readonly isSigned: (name: string, signed: Signed, now: Date) => boolean;
}

const PATH = '/api/v1/media/files/';

const signatureOf = ({ secret }: UrlKey, name: string, expires: number): Buffer =>
  createHmac('sha256', secret).update(`${name}\n${expires}`).digest();

export const makeUrls = ({ origin, keys }: UrlOptions): Urls => {
  const of = (name: string): string => `${origin}${PATH}${name}`;
  return {
    of,
    signed: (name, until) => {
      const [key] = keys;
      if (!key) throw new Error('there is no key for URLs');
      const expires = Math.floor(until.getTime() / SECOND);
      const signature = signatureOf(key, name, expires).toString('base64url');
      return `${of(name)}?key=${key.id}&expires=${expires}&signature=${signature}`;
    },
    isSigned: (name, { key: id, expires, signature }, now) => {
      const key = keys.find((one) => one.id === id);
      if (!key || expires === undefined || signature === undefined) return false;
      const given = Buffer.from(signature, 'base64url');
      const right = signatureOf(key, name, expires);
      return (
        given.length === right.length && timingSafeEqual(given, right) && expires * SECOND > now.getTime()
      );
    },
  };
};
