import { describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { firstRows } from './first-rows.ts';

const EXECUTIONS = 8;
const NEWEST = 'select number from pages.rows order by number desc';

describe('a page of a large table', () => {
  const database = forAllTests(async () => {
    const { store } = await openToolbox('pglite', { name: 'pages', migrations: [] });
    if (store.kind !== 'sql') throw new Error('not SQL');
    await store.database.script(
      `create table pages.rows as select number from generate_series(1, 50000) as number;
       create index on pages.rows (number);
       analyze pages.rows`,
    );
    return store.database;
  });

  /** How often PostgreSQL planned for the value of the limit. */
  const plansOf = async (name: string, select: string): Promise<number> => {
    const execute = `execute ${name}(24);`;
    await database.script(`prepare ${name}(int) as ${select}; ${execute.repeat(EXECUTIONS)}`);
    const [statement] = await database.query<{ readonly custom_plans: number }>(
      'select custom_plans from pg_prepared_statements where name = $1',
      [name],
    );
    return statement?.custom_plans ?? 0;
  };

  it('is planned once, and not for each limit', async () => {
    expect(await plansOf('bare', `${NEWEST} limit $1`)).toBe(EXECUTIONS);
    expect(await plansOf('page', firstRows(NEWEST, '$1'))).toBeLessThan(EXECUTIONS);
  });

  it('has the first rows in their order', async () => {
    const rows = await database.query(firstRows(NEWEST, '$1'), [3]);
    expect(rows).toEqual([{ number: 50_000 }, { number: 49_999 }, { number: 49_998 }]);
  });
});
