import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import { after, SECOND } from '#kernel/clock.ts';
import { CHALLENGE_LIFETIME_MS } from '../../core/domain/challenge.ts';
import type { LoginChallenges } from '../../core/ports/authenticators.ts';

const RANDOM_BYTES = 32;
const EXPIRY_BYTES = 6;
const SIGNED_BYTES = RANDOM_BYTES + EXPIRY_BYTES;

/** Random bytes, the expiry in seconds and a MAC, by a key that all instances derive from the service's signing key. */
export const signedChallenges = (signingKey: PrivateJwk): LoginChallenges => {
  const key = derivedKey(signingKey, 'challenges of logins by passkey');
  const macOf = (signed: Uint8Array): Buffer => createHmac('sha256', key).update(signed).digest();
  return {
    issue: (now) => {
      const expiry = Buffer.alloc(EXPIRY_BYTES);
      expiry.writeUIntBE(Math.floor(after(now, CHALLENGE_LIFETIME_MS).getTime() / SECOND), 0, EXPIRY_BYTES);
      const signed = Buffer.concat([randomBytes(RANDOM_BYTES), expiry]);
      return Buffer.concat([signed, macOf(signed)]).toString('base64url');
    },
    isValid: (challenge, now) => {
      const bytes = Buffer.from(challenge, 'base64url');
      const [signed, mac] = [bytes.subarray(0, SIGNED_BYTES), bytes.subarray(SIGNED_BYTES)];
      const expected = macOf(signed);
      const isOurs = mac.length === expected.length && timingSafeEqual(mac, expected);
      return isOurs && signed.readUIntBE(RANDOM_BYTES, EXPIRY_BYTES) * SECOND > now.getTime();
    },
  };
};
