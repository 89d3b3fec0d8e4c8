import type { Secrets } from '../ports/tokens.ts';

/** An attempt: the account and the client. */
export interface Guess {
  /** Normalised. */
  readonly email: string;
  /** The client's network: an IPv4 address, or an IPv6 /64. */
  readonly network: string;
}

/** Names of the counters of a guess. */
export interface Counters {
  readonly place: string;
  readonly network: string;
  readonly account: string;
  /** Codes of a second factor. */
  readonly codes: string;
}

/** As digests: the store contains neither addresses nor networks. */
export const countersOf = (secrets: Secrets, { email, network }: Guess): Counters => ({
  place: secrets.digest(`login of ${email} from ${network}`),
  network: secrets.digest(`login from ${network}`),
  account: secrets.digest(`login of ${email}`),
  codes: secrets.digest(`second factor of ${email}`),
});
