import { describe, expect, it } from 'vitest';
import { generateKey } from '#adapters/auth/tokens.ts';
import { after, DAY, SECOND } from '#kernel/clock.ts';
import { signedDevices } from './signed-devices.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const ADA = { userId: 'ada', credentials: 1, logouts: 0 };
const devices = signedDevices(await generateKey('user'));

describe('the token of a device', () => {
  it('names the device to the account for 180 days, also when it is renewed', () => {
    const token = devices.issue(ADA, NOW, undefined);
    const id = devices.idOf(token, ADA, NOW);
    expect(id).toMatch(/^[\w-]{16}$/);
    expect(devices.idOf(token, ADA, after(NOW, 180 * DAY - SECOND))).toBe(id);
    expect(devices.idOf(token, ADA, after(NOW, 180 * DAY))).toBeUndefined();
    const later = after(NOW, 100 * DAY);
    expect(devices.idOf(devices.issue(ADA, later, id), ADA, after(NOW, 200 * DAY))).toBe(id);
    expect(devices.issue(ADA, NOW, undefined)).not.toBe(token);
  });

  it('means nothing to another account or key, after new credentials or a logout everywhere, nor if it was changed', async () => {
    const token = devices.issue(ADA, NOW, undefined);
    const [id = '', expiry = '', mac = ''] = token.split('.');
    for (const other of [{ userId: 'eve' }, { credentials: 2 }, { logouts: 1 }])
      expect(devices.idOf(token, { ...ADA, ...other }, NOW)).toBeUndefined();
    expect(signedDevices(await generateKey('user')).idOf(token, ADA, NOW)).toBeUndefined();
    const changed = [`x${id}.${expiry}.${mac}`, `${id}.${Number(expiry) + 1}.${mac}`, `${id}.${expiry}.`, ''];
    for (const other of [...changed, undefined]) expect(devices.idOf(other, ADA, NOW)).toBeUndefined();
  });
});
