import { beforeEach, describe, expect, it } from 'vitest';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Aggregates, Versioned } from '#kernel/process.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { guarded, postgresAggregates } from './aggregates.ts';
import { declareTable } from './table.ts';
import { ConnectionLost, type SqlDatabase } from './sql.ts';

interface Counter {
  readonly count: number;
}
type Counted = 'counted';
interface CounterTx {
  readonly counters: Aggregates<Counter, Counted>;
}

const table = declareTable<Counter & { readonly id: string; readonly version: number }>({
  name: 'counters.counters',
  key: ['id'],
  columns: { id: 'uuid', version: 'integer', count: 'integer' },
});

const migrations = [
  {
    name: '0001',
    up: ['create table counters.counters (id uuid primary key, version integer, count integer)'],
  },
];

describe.each(STORES.filter((store) => store !== 'memory'))('aggregates in %s', (store) => {
  let database: SqlDatabase;
  let reads: string[];
  let beforeCommit: () => Promise<void>;
  let id: string;
  let units: UnitOfWork<BaseTx & CounterTx>;

  const openUnits = async (profile: 'embedded' | 'distributed') => {
    const toolbox = await openToolbox(store, { name: 'counters', migrations });
    if (toolbox.store.kind === 'memory') throw new Error('not a database');
    ({ database } = toolbox.store);
    const breaking: SqlDatabase = {
      ...database,
      query: async (text, params) => {
        if (text.startsWith('with')) await beforeCommit();
        return database.query(text, params);
      },
    };
    units = sqlUnitOfWork({ ...toolbox, profile }, { ...toolbox.store, database: breaking }, (tx) => ({
      counters: postgresAggregates<Counter, Counted>(
        tx,
        { kind: 'counters' },
        {
          read: async (sql, ids) => {
            reads.push(...ids);
            const rows = await table.select(sql, 'where id = any($1::uuid[])', [ids]);
            return new Map(rows.map(({ id, version, count }) => [id, { version, state: { count } }]));
          },
          write: (changes) =>
            guarded(table, changes, ({ id, version, state }) => ({ id, version, ...state })),
        },
      ),
    }));
  };
  const count = (by = 1): Promise<number> =>
    units.run(async ({ counters }) => {
      const found: Versioned<Counter> = (await counters.find([id])).get(id) ?? {
        version: 0,
        state: { count: 0 },
      };
      const state = { count: found.state.count + by };
      await counters.save({ id, state, version: found.version + 1, events: ['counted'] });
      return state.count;
    });

  beforeEach(async () => {
    [reads, id] = [[], systemIds.next()];
    beforeCommit = () => Promise.resolve();
    await openUnits('embedded');
  });

  /** As by another process. */
  const insertElsewhere = async (): Promise<void> => {
    await database.query('insert into counters.counters (id, version, count) values ($1, 1, 100)', [id]);
  };

  it('are not read by the process that commits them', async () => {
    expect([await count(), await count(), await count(), reads]).toEqual([1, 2, 3, []]);
  });

  it('are always read where other processes may write', async () => {
    await openUnits('distributed');
    expect([await count(), await count(), reads]).toEqual([1, 2, [id, id]]);
  });

  it('are read if they may be older than the process', async () => {
    id = '01900000-0000-7000-8000-000000000001';
    await insertElsewhere();
    expect([await count(), reads]).toEqual([101, [id]]);
  });

  it('are read if one seemed new but exists', async () => {
    await insertElsewhere();
    expect([await count(), reads]).toEqual([101, [id]]);
  });

  it('are read if one seems new but is not written, so that nothing checks it', async () => {
    await insertElsewhere();
    const found = await units.run(({ counters }) => counters.find([id]));
    expect([found.get(id), reads]).toEqual([{ version: 1, state: { count: 100 } }, [id]]);
  });

  it('are read when another writer was faster: the version guards the write', async () => {
    await count();
    await database.query('update counters.counters set version = 2, count = 100 where id = $1', [id]);
    expect([await count(), reads]).toEqual([101, [id]]);
  });

  it('are read again after a unit that failed', async () => {
    await count();
    beforeCommit = () => Promise.reject(new ConnectionLost(new Error('lost')));
    await expect(count()).rejects.toThrow('lost');
    beforeCommit = () => Promise.resolve();
    expect([await count(), reads]).toEqual([2, [id]]);
  });
});
