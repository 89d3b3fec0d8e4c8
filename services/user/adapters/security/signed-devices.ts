import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import { after, DAY, SECOND } from '#kernel/clock.ts';
import type { DeviceOwner, Devices } from '../../core/ports/devices.ts';

const LIFETIME_MS = 180 * DAY;
const ID_BYTES = 12;

/** `<id>.<expiry in seconds>.<MAC>`, by a key that all instances derive from the service's signing key. */
export const signedDevices = (signingKey: PrivateJwk): Devices => {
  const key = derivedKey(signingKey, 'tokens of known devices');
  const macOf = (deviceId: string, expiry: string, { userId, credentials, logouts }: DeviceOwner): Buffer =>
    createHmac('sha256', key).update(`${deviceId}.${expiry}.${userId}.${credentials}.${logouts}`).digest();
  return {
    issue: (owner, now, deviceId = randomBytes(ID_BYTES).toString('base64url')) => {
      const expiry = String(Math.floor(after(now, LIFETIME_MS).getTime() / SECOND));
      return `${deviceId}.${expiry}.${macOf(deviceId, expiry, owner).toString('base64url')}`;
    },
    idOf: (token = '', owner, now) => {
      const [deviceId = '', expiry = '', mac = ''] = token.split('.');
      const [given, expected] = [Buffer.from(mac, 'base64url'), macOf(deviceId, expiry, owner)];
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
      return isOurs && Number(expiry) * SECOND > now.getTime() ? deviceId : undefined;
    },
  };
};
