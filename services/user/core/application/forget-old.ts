import { after, DAY, type Clock } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { ATTEMPTS_WINDOW_MS } from '../domain/attempts.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** A place without a login for this long is unknown again. */
export const PLACES_KEPT_MS = 90 * DAY;

/** How long it can be shown that and when a person was erased: as long as claims about it last. */
export const ERASURES_KEPT_MS = 3 * 365 * DAY;

/** Deletes expired sessions, tokens, resets, proofs, challenges, counters, places, and reports of erasures. */
export const makeForgetOld = (unitOfWork: UnitOfWork<UserTx>, clock: Clock) => (): Promise<void> =>
  unitOfWork.run(async ({ sessions, resets, proofs, challenges, attempts, places, erasures }) => {
    await sessions.forgetExpired(clock.now());
    await resets.forgetExpired(clock.now());
    await proofs.forgetExpired(clock.now());
    await challenges.forgetExpired(clock.now());
    await attempts.forgetBefore(after(clock.now(), -ATTEMPTS_WINDOW_MS));
    await places.forgetBefore(after(clock.now(), -PLACES_KEPT_MS));
    await erasures.forgetBefore(after(clock.now(), -ERASURES_KEPT_MS));
  });
