import type { User } from '../domain/user.ts';

/** An account, and what invalidates its tokens: new credentials, or a logout everywhere. */
export type DeviceOwner = Pick<User, 'userId' | 'credentials' | 'logouts'>;

/** Proves to us later that a client has logged in to an account before. We sign it and store nothing. */
export interface Devices {
  /**
   * A token for a client that has logged in, valid for 180 days.
   * @param deviceId if the client had a token before
   */
  issue(owner: DeviceOwner, now: Date, deviceId: string | undefined): string;
  /** The client's ID, if the token is valid for this account; undefined for any other text. */
  idOf(token: string | undefined, owner: DeviceOwner, now: Date): string | undefined;
}
