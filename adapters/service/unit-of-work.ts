import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import type { MemoryDatabase, MemoryTransaction } from '../memory/memory-database.ts';
import { makeMemoryBaseTx } from '../memory/memory-stores.ts';
import { MemoryUnitOfWork } from '../memory/memory-unit-of-work.ts';
import { makeMongoBaseTx } from '../mongo/base-tx.ts';
import { MongoUnitOfWork, type MongoUnit } from '../mongo/unit-of-work.ts';
import { makeBaseTx } from '../postgres/base-tx.ts';
import { Recent } from '../postgres/recent.ts';
import { SqlUnitOfWork, type SqlTransaction } from '../postgres/unit-of-work.ts';
import { makeBaseTx as makeRedisBaseTx } from '../redis/base-tx.ts';
import { RedisUnitOfWork, type RedisTransaction } from '../redis/unit-of-work.ts';
import { withAudit, type Audited } from './audited.ts';
import type { MongoStore, RedisStore, SqlStore, Store, Toolbox } from './module.ts';

type Tools = Pick<Toolbox, 'seal' | 'clock' | 'wakeRelay' | 'handOver' | 'slotFor' | 'wakeTasks'>;

/** A service's unit of work in memory. */
export const memoryUnitOfWork = <Repositories>(
  tools: Tools,
  database: MemoryDatabase,
  bind: (tx: MemoryTransaction) => Repositories,
  audited?: Audited<Repositories>,
): UnitOfWork<Repositories & BaseTx> =>
  new MemoryUnitOfWork(database, (tx) => withAudit({ ...makeMemoryBaseTx(tx, tools), ...bind(tx) }, audited));

/** A service's unit of work on SQL, in its own schema. */
export const sqlUnitOfWork = <Repositories>(
  tools: Tools & Partial<Pick<Toolbox, 'profile'>>,
  store: Pick<SqlStore, 'database' | 'schema'>,
  bind: (tx: SqlTransaction) => Repositories,
  audited?: Audited<Repositories>,
): UnitOfWork<Repositories & BaseTx> =>
  new SqlUnitOfWork(
    store.database,
    store.schema,
    (tx) => withAudit({ ...makeBaseTx(tx, { ...tools, schema: store.schema }), ...bind(tx) }, audited),
    recentOf(tools, store),
  );

const recents = new WeakMap<object, Recent>();

/** Shared by all that reads and writes the store; undefined where another process may write. */
export const recentOf = (
  { profile, clock }: Pick<Tools, 'clock'> & Partial<Pick<Toolbox, 'profile'>>,
  store: object,
): Recent | undefined => {
  if (profile !== 'embedded') return undefined;
  const recent = recents.get(store) ?? new Recent(clock);
  recents.set(store, recent);
  return recent;
};

/** A service's unit of work on Redis, under its own prefix. */
export const redisUnitOfWork = <Repositories>(
  tools: Tools,
  { connection, prefix }: RedisStore,
  bind: (tx: RedisTransaction) => Repositories,
): UnitOfWork<Repositories & BaseTx> =>
  new RedisUnitOfWork(connection, (tx) => ({ ...makeRedisBaseTx(tx, { ...tools, prefix }), ...bind(tx) }));

/** A service's unit of work on MongoDB: one document at a time. */
export const mongoUnitOfWork = <Repositories>(
  tools: Tools,
  { database }: MongoStore,
  bind: (unit: MongoUnit) => Repositories,
  audited?: Audited<Repositories>,
): UnitOfWork<Repositories & BaseTx> =>
  new MongoUnitOfWork(database, (unit) =>
    withAudit({ ...makeMongoBaseTx(unit, tools), ...bind(unit) }, audited),
  );

/** A unit of work of a service's platform only: outbox, inbox, tasks and keys, without its repositories. */
export const baseUnitOfWork = (tools: Tools, store: Store): UnitOfWork<BaseTx> => {
  const nothing = (): object => ({});
  switch (store.kind) {
    case 'memory':
      return memoryUnitOfWork(tools, store.database, nothing);
    case 'sql':
      return sqlUnitOfWork(tools, store, nothing);
    case 'redis':
      return redisUnitOfWork(tools, store, nothing);
    case 'mongo':
      return mongoUnitOfWork(tools, store, nothing);
  }
};
