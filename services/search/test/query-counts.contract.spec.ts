import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, STORES, type StoreName } from '#test/kit/toolbox.ts';
import { memoryQueryCounts } from '../adapters/memory/query-counts.ts';
import { postgresQueryCounts } from '../adapters/postgres/query-counts.postgres.ts';
import {
  makeForgetQueries,
  makePopularQueries,
  makeQueryCounter,
} from '../core/application/popular-queries.ts';
import { MOST_PER_DAY } from '../core/ports/query-counts.ts';
import { search } from '../main/module.ts';

const open = async (name: StoreName) => {
  const { store, clock } = await openToolbox(name, search);
  const counts =
    store.kind === 'memory' ? memoryQueryCounts(store.database) : postgresQueryCounts(store.database);
  return { counts, clock };
};

describe.each(STORES)('counts of queries in %s', (name) => {
  const rig = forEachTest(() => open(name));
  const ask = async (...queries: readonly string[]): Promise<void> => {
    const counter = makeQueryCounter(rig.counts, rig.clock, () => undefined);
    for (const query of queries) counter.count(query);
    await counter.flush();
  };
  const popular = async (least: number) => {
    const queries = makePopularQueries(rig.counts, rig.clock, least, () => undefined);
    return (await queries.current()).map(({ query }) => query);
  };

  it('add up over the days, and the most frequent come first', async () => {
    await ask('lamp', 'Lamp ', 'desk', 'chair');
    rig.clock.advance(DAY);
    await ask('desk', 'lamp', 'desk', 'a@b.c');
    expect(await popular(2)).toEqual(['desk', 'lamp']);
    expect(await popular(1)).toEqual(['desk', 'lamp', 'chair']);
  });

  it('are forgotten after thirty days', async () => {
    await ask('lamp', 'desk');
    rig.clock.advance(29 * DAY);
    await ask('desk');
    await makeForgetQueries(rig.counts)(rig.clock.now());
    expect(await popular(1)).toEqual(['desk', 'lamp']);
    rig.clock.advance(DAY);
    expect(await popular(1)).toEqual(['desk']);
    await makeForgetQueries(rig.counts)(rig.clock.now());
    expect(await rig.counts.mostFrequent('1970-01-01', 1, 10)).toEqual([{ query: 'desk', count: 1 }]);
  });

  it('are of a bounded number of queries per day, and those that are known still count', async () => {
    const many = new Map(Array.from({ length: MOST_PER_DAY }, (_, place) => [`q${place}`, place + 1]));
    await rig.counts.add('2026-03-01', new Map([...many].slice(5)));
    await rig.counts.add('2026-03-01', new Map([...many].slice(0, 10)));
    await rig.counts.add(
      '2026-03-01',
      new Map([
        ['new', 99],
        ['q9', 1],
      ]),
    );
    await rig.counts.add('2026-03-02', new Map([['new', 3]]));
    const all = new Map(
      (await rig.counts.mostFrequent('2026-02-28', 1, 9_999)).map(({ query, count }) => [query, count]),
    );
    expect(all.size).toBe(MOST_PER_DAY + 1);
    expect([all.get('q0'), all.get('q4'), all.get('q9'), all.get('new')]).toEqual([1, 5, 21, 3]);
  });

  it('take the most frequent of new queries when there is room for some', async () => {
    const many = new Map(Array.from({ length: MOST_PER_DAY - 1 }, (_, place) => [`q${place}`, 1]));
    await rig.counts.add('2026-03-01', many);
    await rig.counts.add(
      '2026-03-01',
      new Map([
        ['rare', 2],
        ['frequent', 3],
      ]),
    );
    expect(await rig.counts.mostFrequent('2026-02-28', 2, 10)).toEqual([{ query: 'frequent', count: 3 }]);
  });

  it('are written at once by several processes', async () => {
    await Promise.all([ask('lamp', 'desk'), ask('desk', 'lamp'), ask('lamp')]);
    expect(await popular(1)).toEqual(['lamp', 'desk']);
  });

  it('are read once a minute', async () => {
    const queries = makePopularQueries(rig.counts, rig.clock, 1, () => undefined);
    expect(await queries.current()).toEqual([]);
    await ask('lamp');
    rig.clock.advance(MINUTE - 1);
    expect(await queries.current()).toEqual([]);
    rig.clock.advance(1);
    expect(await queries.current()).toMatchObject([{ query: 'lamp' }]);
  });
});

describe('counts of queries', () => {
  it('remain in use while they cannot be read', async () => {
    const { counts, clock } = await open('memory');
    await counts.add('2100-01-01', new Map([['lamp', 5]]));
    const errors: unknown[] = [];
    let isAway = false;
    const mostFrequent: typeof counts.mostFrequent = (...asked) =>
      isAway ? Promise.reject(new Error('away')) : counts.mostFrequent(...asked);
    const queries = makePopularQueries({ ...counts, mostFrequent }, clock, 1, (error) => errors.push(error));
    await queries.current();
    isAway = true;
    clock.advance(MINUTE);
    expect(await queries.current()).toMatchObject([{ query: 'lamp' }]);
    expect(errors).toHaveLength(1);
  });

  it('wait in memory for a bounded number of queries', async () => {
    const { counts, clock } = await open('memory');
    let wakes = 0;
    const counter = makeQueryCounter(counts, clock, () => (wakes += 1));
    for (let place = 0; place < 1_500; place += 1) counter.count(`lamp ${place}`);
    counter.count('lamp 0');
    await counter.flush();
    const found = await counts.mostFrequent('1970-01-01', 1, 9_999);
    expect(found).toHaveLength(1_000);
    expect(found[0]).toEqual({ query: 'lamp 0', count: 2 });
    expect(wakes).toBe(1_001);
  });
});
