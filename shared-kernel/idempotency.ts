import { refuse, ok, type Refusal, type Result } from './result.ts';
import type { UnitOfWork } from './unit-of-work.ts';

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

export type IdempotencyRefusal = Refusal<'IDEMPOTENCY_KEY_REUSED'>;

/**
 * The earlier outcome of `key`, if it was used; a refusal if it was used for another request.
 * `Outcome` is plain JSON, so what is replayed equals what was answered first.
 */
export const replay = async <Outcome>(
  keys: IdempotencyKeys,
  key: IdempotencyKey | undefined,
  parse: (outcome: unknown) => Outcome,
): Promise<Result<Outcome | undefined, IdempotencyRefusal>> => {
  const earlier = key && (await keys.find(key));
  if (!earlier) return ok(undefined);
  if (earlier.fingerprint !== key.fingerprint)
    return refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request.');
  return ok(parse(earlier.outcome));
};

/** Runs `work` in a unit once per key: a repetition gets the first outcome, a refusal leaves the key free. */
export const once = <Tx extends { readonly idempotency: IdempotencyKeys }, Outcome, E>(
  unitOfWork: UnitOfWork<Tx>,
  key: IdempotencyKey | undefined,
  parse: (outcome: unknown) => Outcome,
  work: (tx: Tx) => Promise<Result<Outcome, E>>,
): Promise<Result<Outcome, E | IdempotencyRefusal>> =>
  unitOfWork.run(async (tx) => {
    const earlier = await replay(tx.idempotency, key, parse);
    if (!earlier.ok) return earlier;
    if (earlier.value !== undefined) return ok(earlier.value);
    const outcome = await work(tx);
    if (key && outcome.ok) await tx.idempotency.remember(key, outcome.value);
    return outcome;
  });
