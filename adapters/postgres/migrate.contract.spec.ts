import { beforeEach, describe, expect, it } from 'vitest';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { migrate } from './migrate.ts';
import { sqlState, type SqlDatabase } from './sql.ts';

const first = {
  name: '0001-a',
  up: ['create table grown.a (id int primary key)', 'insert into grown.a values (1)'],
};
const second = { name: '0002-b', up: ['alter table grown.a add b text default $$it;s$$'] };

describe.each(STORES.filter((name) => name !== 'memory'))('migrations in %s', (store) => {
  let database: SqlDatabase;
  beforeEach(async () => {
    const { store: opened } = await openToolbox(store, { name: 'grown', migrations: [] });
    if (opened.kind === 'memory') throw new Error('not SQL');
    ({ database } = opened);
  });

  it('run each step once, in order', async () => {
    expect(await migrate(database, 'grown', [first])).toEqual(['0001-a']);
    expect(await migrate(database, 'grown', [first, second])).toEqual(['0002-b']);
    expect(await migrate(database, 'grown', [first, second])).toEqual([]);
    expect(await database.query('select * from grown.a')).toEqual([{ id: 1, b: 'it;s' }]);
  });

  it('roll back a failed step, and keep the earlier ones', async () => {
    const broken = { name: '0002-b', up: ['create table grown.b ()', 'insert into grown.a values (1)'] };
    await expect(migrate(database, 'grown', [first, broken])).rejects.toThrow();
    expect(await database.query('select * from grown.a')).toEqual([{ id: 1 }]);
    const error: unknown = await database.query('select * from grown.b').catch((reason: unknown) => reason);
    expect(sqlState(error)).toBe('42P01');
    expect(await migrate(database, 'grown', [first, second])).toEqual(['0002-b']);
  });
});
