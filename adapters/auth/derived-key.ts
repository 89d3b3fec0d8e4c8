import { hkdfSync } from 'node:crypto';
import type { PrivateJwk } from './tokens.ts';

const BYTES = 32;

/**
 * A 256-bit key for one purpose, derived from the service's signing key, so that all instances of the service share it and no
 * other service has it. It reveals nothing about the signing key, or about keys for other purposes.
 * @throws if the key is public
 */
export const derivedKey = ({ d }: PrivateJwk, purpose: string): Buffer => {
  if (d === undefined) throw new Error('the signing key lacks its private half');
  return Buffer.from(hkdfSync('sha256', d, '', purpose, BYTES));
};
