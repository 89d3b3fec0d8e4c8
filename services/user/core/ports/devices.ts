/** Proves to us later that a client has logged in to an account before. We sign it and store nothing. */
export interface Devices {
  /**
   * A token for a client that has logged in, valid for 180 days.
   * @param email of the account, normalised
   * @param deviceId if the client had a token before
   */
  issue(email: string, now: Date, deviceId: string | undefined): string;
  /** The client's ID, if the token is valid for this account; undefined for any other text. */
  idOf(token: string | undefined, email: string, now: Date): string | undefined;
}
