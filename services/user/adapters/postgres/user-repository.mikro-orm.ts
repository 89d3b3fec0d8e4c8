import { flush, type EntityManager, type Mapper } from '#adapters/postgres/mikro-orm.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { UserQueries } from '../../core/ports/user-queries.ts';
import type { UserRepository } from '../../core/ports/user-tx.ts';
import { fromUser, toUser } from './user-mapping.ts';
import { UserEntity } from './user.entities.ts';

const load = (manager: EntityManager, where: { readonly userId: string } | { readonly email: string }) =>
  manager.findOne(UserEntity, where, { populate: ['addresses'] });

export const mikroOrmUserRepository = (tx: SqlTransaction, mapper: Mapper): UserRepository => {
  const manager = mapper.within(tx);
  return {
    find: async (userId) => {
      const row = await load(await manager(), { userId });
      return row ? toUser(row) : undefined;
    },
    findByEmail: async (email) => {
      const row = await load(await manager(), { email });
      return row ? toUser(row) : undefined;
    },
    save: async (user) => {
      const em = await manager();
      if (user.version === 1) {
        em.create(UserEntity, fromUser(user));
      } else {
        const row = await load(em, { userId: user.userId });
        if (row?.version !== user.version - 1) throw new VersionConflict('user');
        em.assign(row, fromUser(user, row.addresses.getItems()), { updateNestedEntities: true });
      }
      await flush(em);
    },
    remove: async (user) => {
      const em = await manager();
      const row = await load(em, { userId: user.userId });
      if (row?.version !== user.version) throw new VersionConflict('user');
      em.remove(row);
      await flush(em);
    },
  };
};

export const mikroOrmUserQueries = (mapper: Mapper): UserQueries => ({
  find: async (userId) => {
    const row = await load(mapper.committed(), { userId });
    return row ? toUser(row) : undefined;
  },
});
