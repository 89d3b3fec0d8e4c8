/** One client's wish to have an effect once, whatever it repeats. Kept for 24 h. */
export interface IdempotencyKey {
  readonly principal: string;
  readonly operation: string;
  readonly key: string;
  /** Fingerprint of the request: the same key with another one is a client's mistake. */
  readonly fingerprint: string;
}

export interface Remembered {
  readonly fingerprint: string;
  readonly outcome: unknown;
}

/** Inside a unit of work, so that the key commits with the effect. */
export interface IdempotencyKeys {
  /** The outcome of an earlier use of the key; waits for one in flight. */
  find(key: IdempotencyKey): Promise<Remembered | undefined>;
  /** Throws `VersionConflict` when the key was taken meanwhile. */
  remember(key: IdempotencyKey, outcome: unknown): Promise<void>;
}
