import { beforeEach, describe, expect, it } from 'vitest';
import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import {
  documentCollection,
  mongoDocumentQueries,
  mongoDocuments,
} from '#adapters/mongo/aggregate-documents.ts';
import { documentTables, postgresDocumentQueries, postgresDocuments } from '#adapters/postgres/documents.ts';
import type { Store } from '#adapters/service/module.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { DocumentQueries, Documents, StoredDocument } from '#kernel/documents.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { STORES } from '#test/kit/stores.ts';
import { openToolbox, storesWith, type TestToolbox } from '#test/kit/toolbox.ts';

interface Note extends StoredDocument {
  readonly text: string;
  readonly 'odd.$key'?: string;
  readonly mark?: object | undefined;
}

const KIND = 'memos';

interface Opened {
  readonly unitOfWork: UnitOfWork<{ readonly notes: Documents<Note>; readonly others: Documents<Note> }>;
  readonly queries: DocumentQueries<Note>;
}

const open = (toolbox: TestToolbox<Store>): Opened => {
  const { store } = toolbox;
  switch (store.kind) {
    case 'memory':
      return {
        unitOfWork: memoryUnitOfWork(toolbox, store.database, (tx) => ({
          notes: memoryDocuments<Note>(tx, KIND),
          others: memoryDocuments<Note>(tx, 'others'),
        })),
        queries: memoryDocumentQueries<Note>(store.database, KIND),
      };
    case 'sql':
      return {
        unitOfWork: sqlUnitOfWork(toolbox, store, (tx) => ({
          notes: postgresDocuments<Note>(tx, store.schema, KIND),
          others: postgresDocuments<Note>(tx, store.schema, 'others'),
        })),
        queries: postgresDocumentQueries<Note>(store.database, store.schema, KIND),
      };
    case 'mongo':
      return {
        unitOfWork: mongoUnitOfWork(toolbox, store, (unit) => ({
          notes: mongoDocuments<Note>(unit, KIND),
          others: mongoDocuments<Note>(unit, 'others'),
        })),
        queries: mongoDocumentQueries<Note>(store.database, KIND),
      };
    case 'redis':
      throw new Error('documents are not kept in Redis');
  }
};

const aNote = (changes: Partial<Note> = {}): Note => ({
  id: systemIds.next(),
  version: 1,
  text: 'A note',
  ...changes,
});

describe.each(storesWith('mongo'))('documents in %s', (store) => {
  let unitOfWork: Opened['unitOfWork'];
  let queries: Opened['queries'];
  const save = (note: Note, ...names: readonly string[]): Promise<void> =>
    unitOfWork.run(({ notes }) => notes.save(note, names));

  beforeEach(async () => {
    const toolbox = await openToolbox(store, {
      name: 'documents',
      migrations: [{ name: '0001', up: [...documentTables('documents', 'mark')] }],
      collections: [documentCollection(KIND), documentCollection('others')],
    });
    ({ unitOfWork, queries } = open(toolbox));
  });

  it('are read as they were saved', async () => {
    const note = aNote({ 'odd.$key': 'a "quoted" value' });
    await save(note, 'slug', 'code');
    expect(await queries.find(note.id)).toEqual(note);
    expect(await queries.byName('slug')).toEqual(note);
    for (const read of ['byName', 'lockByName'] as const) {
      expect(await unitOfWork.run(({ notes }) => notes[read]('slug'))).toEqual(note);
      expect(await unitOfWork.run(({ notes }) => notes[read]('none'))).toBeUndefined();
    }
    const named = await unitOfWork.run(({ notes }) => notes.allByName(['slug', 'none', 'code']));
    expect(named).toEqual(new Map(Object.entries({ slug: note, code: note })));
    expect(await queries.find(systemIds.next())).toBeUndefined();
  });

  it('are read inside a unit as the unit has saved them', async () => {
    const note = aNote();
    const seen = await unitOfWork.run(async ({ notes }) => {
      await notes.save(note, ['slug']);
      return notes.find(note.id);
    });
    expect(seen).toEqual(note);
  });

  it('refuse a version that is not the next', async () => {
    const note = aNote();
    await save(note);
    await expect(save(note)).rejects.toThrow(VersionConflict);
    await expect(save({ ...note, version: 3 })).rejects.toThrow(VersionConflict);
    await save({ ...note, version: 2, text: 'Changed' });
    expect(await queries.find(note.id)).toMatchObject({ version: 2, text: 'Changed' });
  });

  it('refuse a name that another document of their kind has', async () => {
    await save(aNote(), 'one', 'two');
    const other = aNote();
    await expect(save(other, 'two')).rejects.toThrow(VersionConflict);
    expect(await queries.find(other.id)).toBeUndefined();
    await unitOfWork.run(({ others }) => others.save(other, ['two']));
    expect((await queries.byName('two'))?.id).not.toBe(other.id);
  });

  it('free the names that they no longer have', async () => {
    const note = aNote();
    await save(note, 'old', 'kept');
    await save({ ...note, version: 2 }, 'kept', 'new');
    const other = aNote();
    await save(other, 'old');
    expect([await queries.byName('old'), await queries.byName('new')]).toEqual([
      other,
      { ...note, version: 2 },
    ]);
  });

  it('keep their names if none are given', async () => {
    const note = aNote();
    await save(note, 'slug');
    const changed = { ...note, version: 2 };
    await unitOfWork.run(({ notes }) => notes.save(changed));
    expect(await queries.byName('slug')).toEqual(changed);
    await save({ ...note, version: 3 });
    expect(await queries.byName('slug')).toBeUndefined();
  });

  it('are found at once', async () => {
    const [one, two] = [aNote(), aNote()];
    await save(one);
    await save(two);
    const ids = [two.id, systemIds.next(), one.id, two.id];
    expect(await Promise.all(ids.map((id) => queries.find(id)))).toEqual([two, undefined, one, two]);
  });

  it('free their names when they are removed', async () => {
    const note = aNote();
    await save(note, 'slug');
    await expect(unitOfWork.run(({ notes }) => notes.remove({ ...note, version: 2 }))).rejects.toThrow(
      VersionConflict,
    );
    await unitOfWork.run(({ notes }) => notes.remove(note));
    expect([await queries.find(note.id), await queries.byName('slug')]).toEqual([undefined, undefined]);
    await save(aNote(), 'slug');
  });

  it('are found by a property that few have, as long as they have it', async () => {
    const marked = [aNote({ mark: { after: '' } }), aNote({ mark: {} })];
    for (const note of [aNote(), ...marked, aNote({ mark: undefined })]) await save(note);
    await unitOfWork.run(({ others }) => others.save(aNote({ mark: {} })));
    expect(await queries.having('mark')).toEqual(marked.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    for (const note of marked) await save({ ...note, version: 2, mark: undefined });
    expect(await queries.having('mark')).toEqual([]);
  });

  it('are listed by ID, both ways and in pages', async () => {
    const notes = [aNote(), aNote(), aNote()];
    for (const note of notes.toReversed()) await save(note);
    const gone = aNote();
    await save(gone);
    await unitOfWork.run((tx) => tx.notes.remove(gone));
    const ids = async (page: Promise<readonly Note[]>): Promise<readonly string[]> =>
      (await page).map(({ id }) => id);
    const sorted = notes.map(({ id }) => id).sort();
    expect(await unitOfWork.run((tx) => tx.notes.count())).toBe(3);
    expect(await ids(queries.all())).toEqual(sorted);
    expect(await ids(queries.page({ limit: 2 }))).toEqual(sorted.slice(0, 2));
    expect(await ids(queries.page({ limit: 2, after: sorted[1] }))).toEqual(sorted.slice(2));
    expect(await ids(queries.page({ limit: 2, isDescending: true }))).toEqual(
      sorted.toReversed().slice(0, 2),
    );
    expect(await ids(queries.page({ limit: 2, after: sorted[1], isDescending: true }))).toEqual(
      sorted.slice(0, 1),
    );
  });
});

describe.each(STORES)('several documents of one unit, in %s,', (store) => {
  const opened = forEachTest(async () =>
    open(
      await openToolbox(store, {
        name: 'documents',
        migrations: [{ name: '0001', up: [...documentTables('documents', 'mark')] }],
      }),
    ),
  );
  const inUnit = <R>(work: (notes: Documents<Note>) => Promise<R>): Promise<R> =>
    opened.unitOfWork.run(({ notes }) => work(notes));
  const next = (note: Note, text = 'Changed'): Note => ({ ...note, version: note.version + 1, text });

  it('are added and changed together, each with its names', async () => {
    const [known, renamed, added] = [aNote(), aNote(), aNote()];
    await inUnit(async (notes) => {
      await notes.save(known, ['known']);
      await notes.save(renamed, ['before', 'kept']);
    });
    await inUnit(async (notes) => {
      await notes.save(next(renamed), ['kept', 'after']);
      await notes.save(added, ['before']); // which the other has given up
      await notes.save(next(known));
    });
    const named = await inUnit((notes) => notes.allByName(['known', 'before', 'kept', 'after']));
    expect(Object.fromEntries(named)).toEqual({
      known: next(known),
      before: added,
      kept: next(renamed),
      after: next(renamed),
    });
  });

  it('may be the same one, which its readers see as it is by then', async () => {
    const note = aNote();
    const seen = await inUnit(async (notes) => {
      await notes.save(note, ['one']);
      await notes.save(next(note), ['two']);
      const found = [await notes.byName('one'), await notes.byName('two'), await notes.find(note.id)];
      return [...found, await notes.count()];
    });
    expect(seen).toEqual([undefined, next(note), next(note), 1]);
    await inUnit(async (notes) => {
      await notes.save(next(next(note)));
      await notes.remove(next(next(note)));
    });
    expect(await opened.queries.all()).toEqual([]);
  });

  it.each([
    ['one that was changed meanwhile', (known: Note) => [aNote(), known]],
    ['one that does not exist', () => [aNote(), aNote({ version: 2 })]],
    ['a version that skips one', (known: Note) => [aNote(), { ...known, version: 3 }]],
  ])('are all refused with %s', async (_, made) => {
    const known = aNote();
    await inUnit((notes) => notes.save(known));
    const saving = inUnit(async (notes) => {
      for (const note of made(known)) await notes.save(note);
    });
    await expect(saving).rejects.toThrow(VersionConflict);
    expect(await opened.queries.all()).toEqual([known]);
  });

  it('are all refused if two of them have a name', async () => {
    const saving = inUnit(async (notes) => {
      await notes.save(aNote(), ['slug', 'mine']);
      await notes.save(aNote(), ['slug', 'yours']);
    });
    await expect(saving).rejects.toThrow(VersionConflict);
    expect(await opened.queries.all()).toEqual([]);
  });
});
