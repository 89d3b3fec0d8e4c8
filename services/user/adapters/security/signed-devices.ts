import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import { after, DAY, SECOND } from '#kernel/clock.ts';
import type { Devices } from '../../core/ports/devices.ts';

const LIFETIME_MS = 180 * DAY;
const ID_BYTES = 12;

/** `<id>.<expiry in seconds>.<MAC>`, by a key that all instances derive from the service's signing key. */
export const signedDevices = (signingKey: PrivateJwk): Devices => {
  const key = derivedKey(signingKey, 'tokens of known devices');
  const macOf = (deviceId: string, expiry: string, email: string): Buffer =>
    createHmac('sha256', key).update(`${deviceId}.${expiry}.${email}`).digest();
  return {
    issue: (email, now, deviceId = randomBytes(ID_BYTES).toString('base64url')) => {
      const expiry = String(Math.floor(after(now, LIFETIME_MS).getTime() / SECOND));
      return `${deviceId}.${expiry}.${macOf(deviceId, expiry, email).toString('base64url')}`;
    },
    idOf: (token = '', email, now) => {
      const [deviceId = '', expiry = '', mac = ''] = token.split('.');
      const [given, expected] = [Buffer.from(mac, 'base64url'), macOf(deviceId, expiry, email)];
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
      return isOurs && Number(expiry) * SECOND > now.getTime() ? deviceId : undefined;
    },
  };
};
