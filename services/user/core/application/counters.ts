import type { Secrets } from '../ports/tokens.ts';

/** An attempt: the account and the client. */
export interface Guess {
  /** Normalised. */
  readonly email: string;
  /** The client's network: an IPv4 address, or an IPv6 /64. */
  readonly network: string;
  /** Of an earlier login, if the client has one. */
  readonly deviceToken?: string | undefined;
}

/** From where an attempt comes. */
export interface Place extends Omit<Guess, 'deviceToken'> {
  /** The client's ID, if it has logged in to the account before; see `Devices`. */
  readonly deviceId?: string | undefined;
  /** The account has logged in from this network or with this device before. */
  readonly isKnown: boolean;
}

/** Names of the counters of a guess. */
export interface Counters {
  /** The account, and the device or else the network. */
  readonly place: string;
  readonly network: string;
  readonly account: string;
  /** Codes of a second factor. */
  readonly codes: string;
}

/** As digests: the store contains neither addresses nor networks. */
export const countersOf = (
  secrets: Secrets,
  { email, network, deviceId }: Omit<Place, 'isKnown'>,
): Counters => ({
  place: secrets.digest(
    `login of ${email} ${deviceId === undefined ? `from ${network}` : `with ${deviceId}`}`,
  ),
  network: secrets.digest(`login from ${network}`),
  account: secrets.digest(`login of ${email}`),
  codes: secrets.digest(`second factor of ${email}`),
});
