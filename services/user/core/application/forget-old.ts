import { after, type Clock } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { ATTEMPTS_WINDOW_MS } from '../domain/attempts.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** Drops sessions, tokens, resets and counters whose time is over; now and then. */
export const makeForgetOld = (unitOfWork: UnitOfWork<UserTx>, clock: Clock) => (): Promise<void> =>
  unitOfWork.run(async ({ sessions, resets, attempts }) => {
    await sessions.forgetExpired(clock.now());
    await resets.forgetExpired(clock.now());
    await attempts.forgetBefore(after(clock.now(), -ATTEMPTS_WINDOW_MS));
  });
