import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import type { Secrets } from '../../core/ports/tokens.ts';

const BYTES = 32;

/**
 * Secrets that depend on the service's signing key, which all its instances share. They use a derived key, so that no secret
 * reveals anything about the signing key.
 */
export const keyedSecrets = ({ d }: PrivateJwk): Secrets => {
  if (d === undefined) throw new Error('the signing key lacks its private half');
  const key = Buffer.from(hkdfSync('sha256', d, '', 'successors of refresh tokens', BYTES));
  return {
    next: () => randomBytes(BYTES).toString('base64url'),
    // A plain digest is enough for 256 random bits, which cannot be guessed.
    digest: (secret) => createHash('sha256').update(secret).digest('base64url'),
    successor: (secret) => createHmac('sha256', key).update(secret).digest('base64url'),
  };
};
