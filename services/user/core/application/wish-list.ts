import type { Clock } from '#kernel/clock.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { MOST_WISHES, TOO_MANY_WISHES, type TooManyWishes } from '../domain/wish.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** Adds a product, which may be on the list already. Whether there is such a product, the shop's pages find out. */
export const makeAddWish =
  (unitOfWork: UnitOfWork<UserTx>, clock: Clock) =>
  (userId: string, productId: string): Promise<Result<undefined, TooManyWishes>> =>
    unitOfWork.run(async ({ wishes }) => {
      const own = await wishes.lockOwn(userId);
      if (own.some((wish) => wish.productId === productId)) return ok(undefined);
      if (own.length >= MOST_WISHES) return TOO_MANY_WISHES;
      await wishes.add({ userId, productId, addedAt: clock.now() });
      return ok(undefined);
    });

export const makeRemoveWish =
  (unitOfWork: UnitOfWork<UserTx>) =>
  (userId: string, productId: string): Promise<void> =>
    unitOfWork.run(({ wishes }) => wishes.remove(userId, productId));
