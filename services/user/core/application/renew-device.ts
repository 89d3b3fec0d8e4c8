import type { DeviceOwner, Devices } from '../ports/devices.ts';

/**
 * A new token for a device whose token was valid before a change that invalidates all tokens. Undefined for any other device, on
 * which the account has not logged in.
 */
export const renewed = (
  devices: Devices,
  token: string | undefined,
  before: DeviceOwner,
  after: DeviceOwner,
  now: Date,
): string | undefined => {
  const deviceId = devices.idOf(token, before, now);
  return deviceId === undefined ? undefined : devices.issue(after, now, deviceId);
};
