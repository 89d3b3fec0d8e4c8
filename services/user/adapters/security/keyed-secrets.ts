import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import type { Secrets } from '../../core/ports/tokens.ts';

const BYTES = 32;

/**
 * Secrets that depend on the service's signing key, which all its instances share. What is derived has a key of its own,
 * so nothing that is handed out says anything of the key that signs.
 */
export const keyedSecrets = ({ d }: PrivateJwk): Secrets => {
  if (d === undefined) throw new Error('the signing key lacks its private half');
  const key = Buffer.from(hkdfSync('sha256', d, '', 'successors of refresh tokens', BYTES));
  return {
    next: () => randomBytes(BYTES).toString('base64url'),
    // A plain digest is enough for 256 random bits: there is nothing to guess.
    digest: (secret) => createHash('sha256').update(secret).digest('base64url'),
    successor: (secret) => createHmac('sha256', key).update(secret).digest('base64url'),
  };
};
