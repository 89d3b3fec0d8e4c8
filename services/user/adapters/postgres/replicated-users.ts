import type { Replica } from '#adapters/postgres/replica.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { UserQueries } from '../../core/ports/user-queries.ts';
import type { UserTx } from '../../core/ports/user-tx.ts';

/** Reads from the replica while it is known to be complete. */
export const replicatedUserQueries = (
  replica: Replica,
  fromReplica: UserQueries,
  fromPrimary: UserQueries,
): UserQueries => ({
  find: (userId) =>
    replica.read(
      () => fromReplica.find(userId),
      () => fromPrimary.find(userId),
    ),
});

/** A unit that has saved an account ends once every read will see it. */
export const settlingUnitOfWork = (unitOfWork: UnitOfWork<UserTx>, replica: Replica): UnitOfWork<UserTx> => ({
  run: async (work) => {
    let saves = 0;
    const result = await unitOfWork.run((tx) => {
      const save: UserTx['users']['save'] = async (user) => {
        saves += 1;
        await tx.users.save(user);
      };
      return work({ ...tx, users: { ...tx.users, save } });
    });
    if (saves > 0) await replica.settled();
    return result;
  },
});
