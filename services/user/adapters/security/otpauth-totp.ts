import { Secret, TOTP } from 'otpauth';
import { SECOND } from '#kernel/clock.ts';
import type { Totp } from '../../core/ports/authenticators.ts';

/** What all authenticator apps support (RFC 6238). */
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps by which the clocks may differ. */
const WINDOW = 1;
/** Of a secret: 160 bits, as RFC 4226 recommends. */
const BYTES = 20;

/** @param issuer the shop's name, which apps show */
export const otpauthTotp = (issuer: string): Totp => {
  const of = (secret: string, label = ''): TOTP =>
    new TOTP({ ...SETTINGS, issuer, label, secret: Secret.fromBase32(secret) });
  return {
    newSecret: () => new Secret({ size: BYTES }).base32,
    uri: (secret, account) => of(secret, account).toString(),
    stepOf: (secret, code, now) => {
      const delta = of(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
      const step = Math.floor(now.getTime() / SECOND / SETTINGS.period);
      return delta === null ? undefined : step + delta;
    },
  };
};
