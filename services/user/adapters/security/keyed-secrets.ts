import { createHash, createHmac, randomBytes } from 'node:crypto';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import type { Secrets } from '../../core/ports/tokens.ts';

const BYTES = 32;
const RECOVERY_CODE_LETTERS = 16;
/** Without letters that look like others (Crockford's base32). */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Secrets that depend on the service's signing key, which all its instances share. */
export const keyedSecrets = (signingKey: PrivateJwk): Secrets => {
  const key = derivedKey(signingKey, 'successors of refresh tokens');
  return {
    next: () => randomBytes(BYTES).toString('base64url'),
    recoveryCode: () =>
      Array.from(randomBytes(RECOVERY_CODE_LETTERS), (byte) => LETTERS[byte % LETTERS.length]).join(''),
    // A plain digest is enough for 256 random bits, which cannot be guessed.
    digest: (secret) => createHash('sha256').update(secret).digest('base64url'),
    successor: (secret) => createHmac('sha256', key).update(secret).digest('base64url'),
  };
};
