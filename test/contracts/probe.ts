import type { DueTask } from '#kernel/tasks.ts';
import type { MemoryTables } from '#adapters/memory/memory-database.ts';
import type { CollectionDeclaration } from '#adapters/mongo/indexes.ts';
import { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import type { Migration } from '#adapters/postgres/migrate.ts';
import { inUnit, type RedisTransaction } from '#adapters/redis/unit-of-work.ts';
import {
  memoryUnitOfWork,
  mongoUnitOfWork,
  redisUnitOfWork,
  sqlUnitOfWork,
} from '#adapters/service/unit-of-work.ts';
import { VersionConflict, type BaseTx, type UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Store } from '#adapters/service/module.ts';
import { openToolbox, type AnyStoreName, type TestToolbox } from '#test/kit/toolbox.ts';

/** Numbers by name, written in each of the ways that repositories have. */
export interface Numbers {
  get(name: string): Promise<number | undefined>;
  /** With the unit's other writes, at its end. */
  put(name: string, value: number): Promise<void>;
  /** At once; others who add to it wait. */
  add(name: string, by: number): Promise<void>;
  /** If it is `from`, else the unit is a `VersionConflict`. */
  change(name: string, from: number, to: number): Promise<void>;
}

export type ProbeTx = BaseTx & { readonly numbers: Numbers };

/** The smallest service there can be: what a unit of work promises is seen on it. */
export interface Probe {
  readonly toolbox: TestToolbox<Store>;
  readonly unitOfWork: UnitOfWork<ProbeTx>;
  /** What is committed. */
  read(name: string): Promise<number | undefined>;
  /** `relay` and `tasks`, in the order in which they were woken. */
  readonly woken: readonly string[];
  /** Also wakes these. */
  onWake(targets: { readonly relay: () => void; readonly tasks: (due: readonly DueTask[]) => void }): void;
}

interface NumberRow {
  readonly name: string;
  readonly value: number;
}

/** For stores that notice a concurrent write of what a unit has read. */
const numbersBy = ({ get, put }: Pick<Numbers, 'get' | 'put'>): Numbers => ({
  get,
  put,
  add: async (name, by) => put(name, ((await get(name)) ?? 0) + by),
  change: async (name, from, to) => {
    if ((await get(name)) !== from) throw new VersionConflict('numbers');
    await put(name, to);
  },
});

const memoryNumbers = (tables: MemoryTables): Numbers => {
  const rows = tables.table<NumberRow>('numbers');
  return numbersBy({
    get: async (name) => rows.get(name)?.value,
    put: async (name, value) => rows.put(name, { name, value }),
  });
};

const readNumber = async (sql: Pick<SqlDatabase, 'query'>, schema: string, name: string) => {
  const [row] = await sql.query<NumberRow>(`select * from ${schema}.numbers where name = $1`, [name]);
  return row?.value;
};

const sqlNumbers = (tx: SqlTransaction, schema: string): Numbers => ({
  get: (name) => readNumber(tx, schema, name),
  put: (name, value) =>
    tx.write({
      table: 'numbers',
      text: `insert into ${schema}.numbers values ($1, $2) on conflict (name) do update set value = excluded.value`,
      params: [name, value],
    }),
  add: async (name, by) => {
    await tx.execute(
      `insert into ${schema}.numbers as old values ($1, $2)
       on conflict (name) do update set value = old.value + excluded.value`,
      [name, by],
    );
  },
  change: (name, from, to) =>
    tx.write({
      table: 'numbers',
      text: `update ${schema}.numbers set value = $3 where name = $1 and value = $2`,
      params: [name, from, to],
      rows: 1,
    }),
});

const redisNumbers = (tx: RedisTransaction, prefix: string): Numbers => {
  const key = (name: string): string => `${prefix}:number:${name}`;
  const get = async (name: string): Promise<number | undefined> => (await tx.read<number>([key(name)]))[0];
  return numbersBy({
    get,
    put: async (name, value) => {
      await get(name);
      tx.put(key(name), value);
    },
  });
};

const NUMBERS = 'numbers';
const collections: readonly CollectionDeclaration[] = [{ name: NUMBERS, indexes: [] }];

/** All numbers are one aggregate there. */
const mongoNumbers = (unit: MongoUnit): Numbers => {
  const all = async (): Promise<Readonly<Record<string, number>>> =>
    (await unit.find<Record<string, number>>(NUMBERS, NUMBERS)) ?? {};
  return numbersBy({
    get: async (name) => (await all())[name],
    put: async (name, value) => unit.put(NUMBERS, NUMBERS, { ...(await all()), [name]: value }),
  });
};

const migrationsOf = (schema: string): readonly Migration[] => [
  {
    name: '0001-numbers',
    up: [`create table ${schema}.numbers (name text primary key, value integer not null check (value >= 0))`],
  },
];

/** A unit of work on the store of `tools`, and how to read what is committed there. */
const openNumbers = (
  tools: TestToolbox<Store>,
  schema: string,
): { readonly unitOfWork: UnitOfWork<ProbeTx>; readonly read: Numbers['get'] } => {
  const { store } = tools;
  switch (store.kind) {
    case 'memory':
      return {
        unitOfWork: memoryUnitOfWork(tools, store.database, (tx) => ({ numbers: memoryNumbers(tx) })),
        read: (name) => memoryNumbers(store.database.committed).get(name),
      };
    case 'redis': {
      const { connection, prefix } = store;
      return {
        unitOfWork: redisUnitOfWork(tools, store, (tx) => ({ numbers: redisNumbers(tx, prefix) })),
        read: (name) => inUnit(connection, (tx) => redisNumbers(tx, prefix).get(name)),
      };
    }
    case 'mongo':
      return {
        unitOfWork: mongoUnitOfWork(tools, store, (unit) => ({ numbers: mongoNumbers(unit) })),
        read: (name) => mongoNumbers(new MongoUnit(store.database)).get(name),
      };
    case 'sql':
      return {
        unitOfWork: sqlUnitOfWork(tools, store, (tx) => ({ numbers: sqlNumbers(tx, schema) })),
        read: (name) => readNumber(store.database, schema, name),
      };
  }
};

export const openProbe = async (storeName: AnyStoreName, name = 'probe'): Promise<Probe> => {
  const toolbox = await openToolbox(storeName, { name, migrations: migrationsOf(name), collections });
  const woken: string[] = [];
  let wake: Parameters<Probe['onWake']>[0] = { relay: () => undefined, tasks: () => undefined };
  const tools = {
    ...toolbox,
    wakeRelay: () => {
      woken.push('relay');
      wake.relay();
    },
    wakeTasks: (due: readonly DueTask[]) => {
      woken.push('tasks');
      wake.tasks(due);
    },
  };
  const onWake: Probe['onWake'] = (targets) => {
    wake = targets;
  };
  return { toolbox, woken, onWake, ...openNumbers(tools, name) };
};
