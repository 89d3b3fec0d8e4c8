import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryDatabase, type MemoryTables } from './memory-database.ts';

interface Row {
  readonly name: string;
  readonly tags: string[];
}
const rows = (tables: MemoryTables) => tables.table<Row>('rows');
const row = (name: string): Row => ({ name, tags: [name] });

describe('tables in memory', () => {
  let database: MemoryDatabase;
  const put = (...names: readonly string[]): Promise<void> =>
    database.transaction(async (tx) => {
      for (const name of names) rows(tx).put(name, row(name));
    });
  const names = (tables: MemoryTables): readonly string[] =>
    rows(tables)
      .find()
      .map(({ name }) => name);

  beforeEach(async () => {
    database = new MemoryDatabase();
    await put('a', 'b', 'c');
  });

  it('store copies: a row changes only by a write', async () => {
    const mine = row('d');
    await database.transaction(async (tx) => rows(tx).put('d', mine));
    mine.tags.push('changed');
    rows(database.committed).get('d')?.tags.push('changed');
    for (const found of rows(database.committed).find()) found.tags.push('changed');
    expect(rows(database.committed).get('d')).toEqual(row('d'));
    expect(rows(database.committed).find()[0]).toEqual(row('a'));
  });

  it('show a unit its own changes, and others only committed ones', async () => {
    await database.transaction(async (tx) => {
      expect(rows(tx).delete('a')).toBe(true);
      expect(rows(tx).delete('nobody')).toBe(false);
      rows(tx).put('d', row('d'));
      rows(tx).put('b', { name: 'B', tags: [] });
      expect(names(tx)).toEqual(['B', 'c', 'd']);
      expect([rows(tx).get('a'), rows(tx).get('b')?.name]).toEqual([undefined, 'B']);
      expect(names(database.committed)).toEqual(['a', 'b', 'c']);
    });
    expect(names(database.committed)).toEqual(['B', 'c', 'd']);
  });

  it('keep the position of a changed row, and append a row that is added again', async () => {
    await put('a');
    expect(names(database.committed)).toEqual(['a', 'b', 'c']);
    await database.transaction(async (tx) => void rows(tx).delete('a'));
    await put('a');
    expect(names(database.committed)).toEqual(['b', 'c', 'a']);
  });

  it('find matching rows', () => {
    expect(rows(database.committed).find(({ name }) => name > 'a')).toEqual([row('b'), row('c')]);
  });

  it('can be written only in a unit', () => {
    expect(() => rows(database.committed).put('d', row('d'))).toThrow('unit of work');
    expect(() => rows(database.committed).delete('a')).toThrow('unit of work');
  });

  it('run units in sequence, also after one that failed', async () => {
    const steps: string[] = [];
    const failing = database.transaction(async () => {
      steps.push('first');
      await new Promise(setImmediate);
      steps.push('first ends');
      throw new Error('broken');
    });
    const second = database.transaction(async () => void steps.push('second'));
    await expect(failing).rejects.toThrow('broken');
    await second;
    expect(steps).toEqual(['first', 'first ends', 'second']);
  });
});
