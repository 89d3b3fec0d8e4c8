import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { derivedKey } from './derived-key.ts';
import type { PrivateJwk } from './tokens.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keys of 256 bits by name; the first seals, all open. */
export type SealingKeys = ReadonlyMap<string, Buffer>;

/** A setting `NAME:KEY,…`: names of letters, digits and hyphens, keys in base64url. */
export const sealingKeys = z.string().transform((text, context): SealingKeys => {
  const keys = new Map<string, Buffer>();
  for (const part of text.split(',')) {
    const [name = '', encoded = ''] = part.trim().split(':');
    const key = Buffer.from(encoded, 'base64url');
    if (!/^[\w-]{1,40}$/.test(name) || key.length !== KEY_BYTES || keys.has(name)) {
      context.addIssue({ code: 'custom', message: 'is not NAME:KEY,… with keys of 32 bytes in base64url' });
      return z.NEVER;
    }
    keys.set(name, key);
  }
  return keys;
});

/** The setting of a service that has no other key than the one it signs with. */
export const derivedSealingKey = (signingKey: PrivateJwk): string =>
  `derived:${derivedKey(signingKey, 'secrets at rest').toString('base64url')}`;

/** Encrypts what must be stored and read again. */
export interface Sealing {
  /** The name of the key, nonce, ciphertext and tag, as text. */
  seal(plain: string, context: string): string;
  /** Throws if it was changed, sealed in another context, or with a key that is no longer there. */
  open(sealed: string, context: string): string;
  /** The same secret under the first key; the same text if that has sealed it. Throws like `open`. */
  reseal(sealed: string, context: string): string;
}

/** AES-256-GCM with a random nonce, authenticated with the context and the name of the key. */
export const makeSealing = (keys: SealingKeys): Sealing => {
  const [first] = keys;
  if (!first) throw new Error('there is no key to seal with');
  const sealing: Sealing = {
    seal: (plain, context) => {
      const [name, key] = first;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(`${name} ${context}`));
      const bytes = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${name}.${bytes.toString('base64url')}`;
    },
    open: (sealed, context) => {
      const [name = '', encoded = ''] = sealed.split('.');
      const key = keys.get(name);
      if (!key) throw new Error(`a secret is sealed with the key ${name}, which is not configured`);
      const bytes = Buffer.from(encoded, 'base64url');
      const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      cipher.setAAD(Buffer.from(`${name} ${context}`));
      cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const opened = cipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([opened, cipher.final()]).toString('utf8');
    },
    reseal: (sealed, context) =>
      sealed.startsWith(`${first[0]}.`) ? sealed : sealing.seal(sealing.open(sealed, context), context),
  };
  return sealing;
};
