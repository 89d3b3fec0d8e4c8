/** Slow on purpose, so at most a few at once; throws when too many wait. */
export interface Passwords {
  /** A salted hash with its parameters. */
  hash(password: string): Promise<string>;
  /** False without a hash, after the same work: nobody can tell by the time it takes. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
}

/** The passwords that most people take. */
export interface CommonPasswords {
  /** @param lower in lower case */
  has(lower: string): boolean;
}
