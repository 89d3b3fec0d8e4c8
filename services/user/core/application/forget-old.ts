import { after, DAY, type Clock } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { ATTEMPTS_WINDOW_MS } from '../domain/attempts.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** A place where nobody has logged in for so long is a strange one again. */
export const PLACES_KEPT_MS = 90 * DAY;

/** Drops sessions, tokens, resets, counters and places whose time is over; now and then. */
export const makeForgetOld = (unitOfWork: UnitOfWork<UserTx>, clock: Clock) => (): Promise<void> =>
  unitOfWork.run(async ({ sessions, resets, attempts, places }) => {
    await sessions.forgetExpired(clock.now());
    await resets.forgetExpired(clock.now());
    await attempts.forgetBefore(after(clock.now(), -ATTEMPTS_WINDOW_MS));
    await places.forgetBefore(after(clock.now(), -PLACES_KEPT_MS));
  });
