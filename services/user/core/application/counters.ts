import type { Secrets } from '../ports/tokens.ts';

/** Who tries a password, and for which account. */
export interface Guess {
  /** Normalised. */
  readonly email: string;
  /** Of the client: an IPv4 address, or an IPv6 /64. */
  readonly network: string;
}

/** Names of the counters that a guess counts for. */
export interface Counters {
  readonly place: string;
  readonly network: string;
  readonly account: string;
}

/** As digests: neither addresses nor networks stand in the store. */
export const countersOf = (secrets: Secrets, { email, network }: Guess): Counters => ({
  place: secrets.digest(`login of ${email} from ${network}`),
  network: secrets.digest(`login from ${network}`),
  account: secrets.digest(`login of ${email}`),
});
