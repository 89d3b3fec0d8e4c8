import { afterAll, beforeAll, expect, it } from 'vitest';
import { pgliteTemplate } from '#test/kit/pglite-template.ts';
import { openPglite } from './pglite-database.ts';
import { sqlState, type SqlDatabase } from './sql.ts';

let database: SqlDatabase;

beforeAll(async () => {
  database = await openPglite(undefined, await pgliteTemplate());
  await database.script('create table t (id integer primary key, tags text[], at timestamptz, body jsonb)');
});
afterAll(() => database.close());

const READ = 'select * from t where id = any($1) order by id';

it('a statement takes and returns the same values each time', async () => {
  const row = {
    id: 1,
    tags: ['a', 'b"c', ''],
    at: new Date('2026-03-01T12:00:00.123Z'),
    body: { n: [1, null] },
  };
  const write = 'insert into t values ($1, $2, $3, $4)';
  for (const id of [1, 2]) {
    const { changed } = await database.run(write, [id, row.tags, row.at, row.body]);
    expect(changed).toBe(1);
    expect(await database.query(READ, [[id]])).toEqual([{ ...row, id }]);
  }
  await database.run(write, [3, null, undefined, null]);
  expect(await database.query(READ, [[3]])).toEqual([{ id: 3, tags: null, at: null, body: null }]);
  expect(await database.query(READ, [[]])).toEqual([]);
});

it('a statement that failed can be run again, and leaves its transaction to be rolled back', async () => {
  const write = 'insert into t (id) values ($1)';
  const failure = database.query(write, [1]);
  await expect(failure).rejects.toMatchObject({ code: '23505' });
  expect((await database.run(write, [10])).changed).toBe(1);
  const session = await database.begin();
  await session.query(write, [11]);
  await expect(session.query('select wrong')).rejects.toThrow('wrong');
  const later = await session.query(READ, [[11]]).catch(sqlState);
  expect(later).toBe('25P02');
  await session.rollback();
  expect(await database.query(READ, [[11]])).toEqual([]);
});

it('a statement outside a transaction waits for its end', async () => {
  const session = await database.begin();
  await session.query('insert into t (id) values (20)');
  const outside = database.query('select id from t where id = 20');
  await session.rollback();
  await session.rollback(); // changes nothing
  expect(await outside).toEqual([]);
});

it('a statement returns the columns of a changed table', async () => {
  await database.query(READ, [[3]]);
  await database.query('alter table t drop column tags, drop column at');
  expect(await database.query(READ, [[3]])).toEqual([{ id: 3, body: null }]);
  const session = await database.begin();
  await session.query('alter table t drop column body');
  expect(await session.query(READ, [[3]])).toEqual([{ id: 3 }]);
  await session.rollback();
  await database.query(READ, [[3]]).catch(() => undefined);
  expect(await database.query(READ, [[3]])).toEqual([{ id: 3, body: null }]);
});

it('the oldest of many statements are forgotten', async () => {
  for (let index = 0; index < 600; index += 1)
    expect(await database.query(`select ${index} as n`)).toEqual([{ n: index }]);
  const [row] = await database.query<{ kept: number }>('select count(*) as kept from pg_prepared_statements');
  expect(row?.kept).toBeLessThan(300);
});
