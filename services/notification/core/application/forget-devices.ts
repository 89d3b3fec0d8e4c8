import { withoutDevices } from '../domain/preferences.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

export interface Device {
  readonly userId: string;
  /** Its registration token. */
  readonly token: string;
}

/** Removes devices that push messages no longer reach from the preferences of their users. */
export const forgetDevices = async (
  { preferences }: Pick<NotificationTx, 'preferences'>,
  devices: readonly Device[],
): Promise<void> => {
  const known = await preferences.findAll(devices.map(({ userId }) => userId));
  for (const [userId, ofUser] of Map.groupBy(devices, (device) => device.userId)) {
    const before = known.get(userId);
    const next =
      before &&
      withoutDevices(
        before,
        ofUser.map(({ token }) => token),
      );
    if (next && next !== before) await preferences.save(next);
  }
};
