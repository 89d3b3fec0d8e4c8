/** Deliberately slow, so concurrency is limited; throws if too many wait. */
export interface Passwords {
  /** A salted hash with its parameters. */
  hash(password: string): Promise<string>;
  /** False without a hash, after the same work, so that timing reveals nothing. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
}

/** The most common passwords. */
export interface CommonPasswords {
  /** @param lower in lower case */
  has(lower: string): boolean;
}

/** Passwords that are known from leaks of any site. */
export interface LeakedPasswords {
  /** False if it cannot be found out now: an outage elsewhere must not stop registrations. */
  has(password: string): Promise<boolean>;
}
