import type { IdempotencyKey, IdempotencyKeys, Remembered } from './idempotency-keys.ts';
import { refuse, ok, type Refusal, type Result } from './result.ts';
import type { UnitOfWork } from './unit-of-work.ts';

export type { IdempotencyKey, IdempotencyKeys, Remembered };

export type IdempotencyRefusal = Refusal<'IDEMPOTENCY_KEY_REUSED'>;

/** The earlier outcome of `key`; a refusal if it was used for a different request; undefined if it was not used. */
export const replay = async <Outcome>(
  keys: IdempotencyKeys,
  key: IdempotencyKey | undefined,
  recall: (kept: unknown) => Outcome | Promise<Outcome>,
): Promise<Result<Outcome, IdempotencyRefusal> | undefined> => {
  const earlier = key && (await keys.find(key));
  if (!earlier) return undefined;
  if (earlier.fingerprint !== key.fingerprint)
    return refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for a different request.');
  return ok(await recall(earlier.outcome));
};

/**
 * Runs `work` in a unit once per key: a retry gets the first outcome, and a refusal leaves the key free. A request that is
 * refused because its concurrent duplicate succeeded gets the outcome of the duplicate.
 * @param recall restores the original outcome from the stored JSON
 * @param keep the part of an outcome to store; all of it by default
 */
export const once = async <Tx extends { readonly idempotency: IdempotencyKeys }, Outcome, E>(
  unitOfWork: UnitOfWork<Tx>,
  key: IdempotencyKey | undefined,
  recall: (kept: unknown, tx: Tx) => Outcome | Promise<Outcome>,
  work: (tx: Tx) => Promise<Result<Outcome, E>>,
  keep: (outcome: Outcome) => unknown = (outcome) => outcome,
): Promise<Result<Outcome, E | IdempotencyRefusal>> => {
  const earlier = (tx: Tx) => replay(tx.idempotency, key, (kept) => recall(kept, tx));
  const outcome = await unitOfWork.run(async (tx): Promise<Result<Outcome, E | IdempotencyRefusal>> => {
    const answered = await earlier(tx);
    if (answered) return answered;
    const worked = await work(tx);
    if (key && worked.ok) await tx.idempotency.remember(key, keep(worked.value));
    return worked;
  });
  if (outcome.ok || !key) return outcome;
  return (await unitOfWork.run(earlier)) ?? outcome;
};
