import { OptimisticLockError } from '@mikro-orm/core';
import { MikroORM, type EntityManager, type Options } from '@mikro-orm/postgresql';
import { Kysely } from 'kysely';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { dialectOn, dialectWithin } from './kysely-dialect.ts';
import type { SqlDatabase } from './sql.ts';
import type { SqlTransaction } from './unit-of-work.ts';

export type { EntityManager };

/** MikroORM for a service that loads and saves aggregates. It opens no connections or transactions. */
export interface Mapper {
  /** For reads of what is committed. */
  readonly committed: () => EntityManager;
  /** Uses a unit's transaction and connection; its identity map lives until the unit ends. */
  readonly within: (tx: SqlTransaction) => () => Promise<EntityManager>;
}

/** @param entities created with `defineEntity`; the service's migrations create their tables */
export const makeMapper = (database: SqlDatabase, entities: NonNullable<Options['entities']>): Mapper => {
  const orm = new MikroORM({
    dbName: 'the one that is connected to',
    driverOptions: dialectOn(database),
    ensureDatabase: false,
    entities,
  });
  const begin = async (tx: SqlTransaction): Promise<EntityManager> => {
    const manager = orm.em.fork();
    // With an open transaction, it neither begins nor commits one.
    manager.setTransactionContext(new Kysely({ dialect: dialectWithin(await tx.session()) }));
    return manager;
  };
  return {
    committed: () => orm.em.fork(),
    within: (tx) => {
      let manager: Promise<EntityManager> | undefined;
      return () => (manager ??= begin(tx));
    },
  };
};

/** Writes the changes; throws `VersionConflict` if another unit was faster. */
export const flush = async (manager: EntityManager): Promise<void> => {
  try {
    await manager.flush();
  } catch (error) {
    throw error instanceof OptimisticLockError ? new VersionConflict('aggregate') : error;
  }
};
