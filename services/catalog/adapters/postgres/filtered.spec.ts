import { describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { catalog } from '../../main/module.ts';
import { readFiltered, type FilteredPage } from './filtered.ts';

const ROWS = 400;
const LIMIT = 5;
const BOUNDS = { near: 20, far: 60, farthest: 150, sorted: 10 };

interface Row {
  readonly value: number;
}

describe('a page of a filtered list', () => {
  const database = forAllTests(async () => {
    const { store } = await openToolbox('pglite', catalog);
    if (store.kind !== 'sql') throw new Error('not SQL');
    await store.database.script(
      `create table catalog.rows as
       select gen_random_uuid() as product_id, n as value, n % 2 = 0 as is_even from generate_series(1, ${ROWS}) as n`,
    );
    return store.database;
  });

  const read = async (changes: Partial<FilteredPage>) => {
    let statements = 0;
    const rows = await readFiltered<Row>(
      {
        query: (text, params) => {
          statements += 1;
          return database.query(text, params);
        },
      },
      {
        table: 'catalog.rows',
        join: '',
        columns: 's.value',
        range: [],
        filters: [],
        column: 'value',
        direction: 'asc',
        limit: LIMIT,
        params: [],
        ...changes,
      },
      BOUNDS,
    );
    return { values: rows.map(({ value }) => value), statements };
  };

  const EXPECTED: readonly (readonly [
    which: string,
    filter: string,
    values: readonly number[],
    statements: number,
  ])[] = [
    ['all rows pass', 'value > 0', [1, 2, 3, 4, 5], 1],
    ['some of the first pass', 'value % 10 = 0', [10, 20, 30, 40, 50], 2],
    ['few rows pass', 'value >= 393 and value % 2 = 1', [393, 395, 397, 399], 2],
    ['no row passes', 'value < 0', [], 2],
    ['many rows pass, but not the first', 'value > 100', [101, 102, 103, 104, 105], 3],
    ['many rows pass, but only the last', 'value > 300', [301, 302, 303, 304, 305], 4],
  ];

  it.each(EXPECTED)('has the first rows that pass if %s', async (_, filter, values, statements) => {
    expect(await read({ filters: [filter] })).toEqual({ values, statements });
  });

  it('is in the other order, and in its range', async () => {
    const wanted = { direction: 'desc', range: ['s.value <= 300', 'is_even'] } as const;
    expect((await read(wanted)).values).toEqual([300, 298, 296, 294, 292]);
    expect((await read({ ...wanted, filters: ['value % 50 = 0'] })).values).toEqual([
      300, 250, 200, 150, 100,
    ]);
  });
});
