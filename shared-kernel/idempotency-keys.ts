/** An idempotency key of one client, kept for 24 h. */
export interface IdempotencyKey {
  readonly principal: string;
  readonly operation: string;
  readonly key: string;
  /** Fingerprint of the request: the same key with a different one is an error of the client. */
  readonly fingerprint: string;
}

export interface Remembered {
  readonly fingerprint: string;
  readonly outcome: unknown;
}

/** Used inside a unit of work, so that the key commits with the effect. */
export interface IdempotencyKeys {
  /** The outcome of an earlier use of the key; waits for one in flight. */
  find(key: IdempotencyKey): Promise<Remembered | undefined>;
  /** Throws `VersionConflict` if another unit has taken the key meanwhile. */
  remember(key: IdempotencyKey, outcome: unknown): Promise<void>;
}
