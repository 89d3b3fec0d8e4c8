import { beforeEach, describe, expect, it } from 'vitest';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { openToolbox, START, STORES } from '#test/kit/toolbox.ts';
import type { SqlDatabase } from './sql.ts';
import { declareTable } from './table.ts';
import type { Write } from './unit-of-work.ts';

interface Parcel {
  readonly parcelId: string;
  readonly version: number;
  readonly isFragile: boolean;
  readonly note?: string | undefined;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
  readonly label: { readonly trackingNumber: string; readonly boughtAt: Date } | undefined;
}

const parcels = declareTable<Parcel>({
  name: 'parcels.parcels',
  key: ['parcelId'],
  columns: {
    parcelId: 'uuid',
    version: 'integer',
    isFragile: ['boolean', 'fragile'],
    note: 'text',
    items: 'jsonb',
    label: { trackingNumber: ['text', 'tracking_id'], boughtAt: 'timestamptz' },
  },
  derived: { item_count: ['integer', ({ items }) => items.length] },
});

const migrations = [
  {
    name: '0001',
    up: [
      `create table parcels.parcels (parcel_id uuid primary key, version integer not null, fragile boolean not null,
         note text, items jsonb not null, tracking_id text, bought_at timestamptz(3), item_count integer not null)`,
    ],
  },
];

const aParcel = (changes: Partial<Parcel> = {}): Parcel => ({
  parcelId: systemIds.next(),
  version: 1,
  isFragile: false,
  items: [{ sku: 'MUG', quantity: 2 }],
  label: undefined,
  ...changes,
});

describe.each(STORES.filter((store) => store !== 'memory'))('a declared table in %s', (store) => {
  let database: SqlDatabase;
  let commit: (writes: readonly Write[]) => Promise<void>;

  beforeEach(async () => {
    const toolbox = await openToolbox(store, { name: 'parcels', migrations });
    if (toolbox.store.kind === 'memory') throw new Error('not a database');
    ({ database } = toolbox.store);
    const units = sqlUnitOfWork(toolbox, toolbox.store, (tx) => ({ tx }));
    commit = (writes) =>
      units.run(async ({ tx }) => {
        for (const write of writes) await tx.write(write);
      });
  });
  const stored = async (parcelId: string): Promise<Parcel | undefined> =>
    (await parcels.find(database, [parcelId])).get(parcelId);

  it('returns records as they were written', async () => {
    const label = { trackingNumber: 'T1', boughtAt: START };
    const [plain, labelled] = [aParcel(), aParcel({ isFragile: true, note: 'Ring twice', label })];
    await commit(parcels.insert([plain, labelled]));
    expect([await stored(plain.parcelId), await stored(labelled.parcelId)]).toEqual([plain, labelled]);
  });

  it('writes derived columns for readers of SQL', async () => {
    await commit(parcels.insert([aParcel()]));
    expect(await database.query('select item_count from parcels.parcels')).toEqual([{ item_count: 1 }]);
  });

  it('reads the columns of a join', async () => {
    const parcel = aParcel();
    await commit(parcels.insert([parcel]));
    const [row = {}] = await database.query<Record<string, unknown>>(
      `select p.*, ${parcels.columns('p')} from parcels.parcels p`,
    );
    expect(parcels.of(row)).toEqual(parcel);
  });

  it('refuses to insert what exists, unless only what is missing is inserted', async () => {
    const parcel = aParcel();
    await commit(parcels.insert([parcel]));
    await expect(commit(parcels.insert([parcel]))).rejects.toThrow(VersionConflict);
    await commit(parcels.insertMissing([{ ...parcel, isFragile: true }]));
    expect(await stored(parcel.parcelId)).toEqual(parcel);
  });

  it('saves a record only over the version that was found', async () => {
    const parcel = aParcel();
    const next = { ...parcel, version: 2, isFragile: true };
    await commit(parcels.save([{ record: parcel, before: 0 }]));
    await commit(parcels.save([{ record: next, before: 1 }]));
    await expect(commit(parcels.save([{ record: next, before: 1 }]))).rejects.toThrow(VersionConflict);
    expect(await stored(parcel.parcelId)).toEqual(next);
  });

  it('changes the given columns of existing rows, where they meet a condition', async () => {
    const parcel = aParcel();
    const how = { changing: ['version'], where: 'parcels.version = excluded.version - 1' };
    const next = { ...parcel, version: 2 };
    await commit(parcels.upsert([parcel], how));
    await commit(parcels.upsert([{ ...next, isFragile: true }], how));
    await expect(commit(parcels.upsert([next], how))).rejects.toThrow(VersionConflict);
    expect(await stored(parcel.parcelId)).toEqual(next);
  });
});
