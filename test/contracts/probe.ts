import type { DueTask } from '#kernel/tasks.ts';
import type { MemoryTables } from '#adapters/memory/memory-database.ts';
import type { CollectionDeclaration } from '#adapters/mongo/indexes.ts';
import { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
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

const memoryNumbers = (tables: MemoryTables): Numbers => {
  const rows = tables.table<NumberRow>('numbers');
  const get = (name: string): number | undefined => rows.get(name)?.value;
  const put = async (name: string, value: number): Promise<void> => rows.put(name, { name, value });
  return {
    get: (name) => Promise.resolve(get(name)),
    put,
    add: (name, by) => put(name, (get(name) ?? 0) + by),
    change: (name, from, to) => {
      if (get(name) !== from) throw new VersionConflict('numbers');
      return put(name, to);
    },
  };
};

const sqlNumbers = (tx: SqlTransaction, schema: string): Numbers => ({
  get: async (name) => {
    const [row] = await tx.query<NumberRow>(`select * from ${schema}.numbers where name = $1`, [name]);
    return row?.value;
  },
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
  const put = async (name: string, value: number): Promise<void> => {
    await get(name);
    tx.put(key(name), value);
  };
  return {
    get,
    put,
    add: async (name, by) => put(name, ((await get(name)) ?? 0) + by),
    change: async (name, from, to) => {
      if ((await get(name)) !== from) throw new VersionConflict('numbers');
      await put(name, to);
    },
  };
};

const NUMBERS = 'numbers';
const collections: readonly CollectionDeclaration[] = [{ name: NUMBERS, indexes: [] }];

/** All numbers are one aggregate there. */
const mongoNumbers = (unit: MongoUnit): Numbers => {
  const all = async (): Promise<Readonly<Record<string, number>>> =>
    (await unit.find<Record<string, number>>(NUMBERS, NUMBERS)) ?? {};
  const put = async (name: string, value: number): Promise<void> =>
    unit.put(NUMBERS, NUMBERS, { ...(await all()), [name]: value });
  return {
    get: async (name) => (await all())[name],
    put,
    add: async (name, by) => put(name, ((await all())[name] ?? 0) + by),
    change: async (name, from, to) => {
      if ((await all())[name] !== from) throw new VersionConflict('numbers');
      await put(name, to);
    },
  };
};

const migrationsOf = (schema: string): readonly Migration[] => [
  {
    name: '0001-numbers',
    up: [`create table ${schema}.numbers (name text primary key, value integer not null check (value >= 0))`],
  },
];

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
  const { store } = toolbox;
  if (store.kind === 'memory') {
    const { database } = store;
    return {
      toolbox,
      woken,
      onWake,
      unitOfWork: memoryUnitOfWork(tools, database, (tx) => ({ numbers: memoryNumbers(tx) })),
      read: (wanted) => memoryNumbers(database.committed).get(wanted),
    };
  }
  if (store.kind === 'redis') {
    const { connection, prefix } = store;
    return {
      toolbox,
      woken,
      onWake,
      unitOfWork: redisUnitOfWork(tools, store, (tx) => ({ numbers: redisNumbers(tx, prefix) })),
      read: (wanted) => inUnit(connection, (tx) => redisNumbers(tx, prefix).get(wanted)),
    };
  }
  if (store.kind === 'mongo')
    return {
      toolbox,
      woken,
      onWake,
      unitOfWork: mongoUnitOfWork(tools, store, (unit) => ({ numbers: mongoNumbers(unit) })),
      read: (wanted) => mongoNumbers(new MongoUnit(store.database)).get(wanted),
    };
  return {
    toolbox,
    woken,
    onWake,
    unitOfWork: sqlUnitOfWork(tools, store, (tx) => ({ numbers: sqlNumbers(tx, name) })),
    read: async (wanted) => {
      const [row] = await store.database.query<NumberRow>(`select * from ${name}.numbers where name = $1`, [
        wanted,
      ]);
      return row?.value;
    },
  };
};
