import { afterEach, expect, it, vi } from 'vitest';
import { pgliteTemplate } from '#test/kit/pglite-template.ts';
import { until } from '#test/kit/conditions.ts';
import { openPglite } from './pglite-database.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('PGlite reclaims deleted space every ten minutes', async () => {
  const template = await pgliteTemplate();
  vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'setTimeout', 'Date'] });
  const database = await openPglite(undefined, template);
  const isEmpty = async (): Promise<boolean> => {
    const [row] = await database.query<{ size: number }>(`select pg_relation_size('t') as size`);
    return row?.size === 0;
  };
  await database.query('create table t as select 1 from generate_series(1, 1000)');
  await database.query('delete from t');
  vi.advanceTimersByTime(10 * 60_000 - 1);
  expect(await isEmpty()).toBe(false);
  vi.advanceTimersByTime(1);
  await until(isEmpty);
  await database.close();
});
