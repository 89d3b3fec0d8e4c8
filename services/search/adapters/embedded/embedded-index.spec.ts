import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { toIndexChange, type IndexChange } from '../../core/domain/document.ts';
import type { IndexRequest } from '../../core/ports/product-index.ts';
import { aListing } from '../../test/search.mother.ts';
import { embeddedIndex, type EmbeddedIndex } from './embedded-index.ts';

/** More than are tolerated. */
const CHANGES = 10_002;
const BROWSE: IndexRequest = { filters: {}, sort: 'newest', limit: 10 };

describe('an index of which most is out of date', () => {
  const lamp = aListing({ name: 'Lamp' });
  const changes = (from: number, to: number): IndexChange[] =>
    Array.from({ length: to - from + 1 }, (_, index) => toIndexChange({ ...lamp, revision: from + index }));

  it('is rebuilt in the background, with what changes meanwhile', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const index = embeddedIndex({
      count: () => Promise.resolve(1),
      read: async function* () {
        await gate;
        yield changes(CHANGES, CHANGES);
      },
    });
    await index.apply(changes(1, CHANGES)); // does not wait for the rebuild
    const other = aListing({ name: 'Desk' });
    await index.apply([toIndexChange(other)]);
    open();
    await until(async () => (await index.frequencies([])).documents < CHANGES);
    const { hits } = await index.search(BROWSE);
    expect(hits.map(({ productId }) => productId).toSorted()).toEqual(
      [lamp.productId, other.productId].toSorted(),
    );
  });

  it('is rebuilt later if its listings cannot be read now', async () => {
    let reads = 0;
    const index = embeddedIndex({
      count: () => Promise.resolve(1),
      read: async function* () {
        reads += 1;
        if (reads === 1) throw new Error('unavailable');
        yield* [await Promise.resolve(changes(CHANGES + 1, CHANGES + 1))];
      },
    });
    await index.apply(changes(1, CHANGES));
    await until(() => reads === 1);
    await index.apply(changes(CHANGES + 1, CHANGES + 1));
    await until(async () => (await index.frequencies([])).documents < CHANGES);
    expect((await index.search(BROWSE)).total).toBe(1);
  });
});

describe('an index of many products', () => {
  const lamp = aListing({ name: 'Lamp' });
  const threads: Worker[] = [];
  const remember = (worker: Worker): unknown => threads.push(worker);
  const open = (onLost?: (error: Error) => void): EmbeddedIndex =>
    embeddedIndex(
      {
        count: () => Promise.resolve(3),
        read: async function* () {
          yield* [await Promise.resolve([toIndexChange(lamp)])];
        },
      },
      { threadFrom: 3, ...(onLost ? { onLost } : {}) },
    );
  const all = async function* (): AsyncGenerator<IndexChange[]> {
    yield* [await Promise.resolve([toIndexChange(lamp)])];
  };
  const hasEnded = (worker: Worker | undefined): Promise<unknown> =>
    new Promise((resolve) => worker?.once('exit', resolve));

  beforeEach(() => {
    threads.length = 0;
    process.on('worker', remember);
  });
  afterEach(() => process.off('worker', remember));

  it('is in a thread of its own, which a new one replaces with the next build', async () => {
    const index = open();
    await index.rebuild(all());
    const [first] = threads;
    const ended = hasEnded(first);
    const searching = Promise.all(Array.from({ length: 20 }, () => index.search(BROWSE)));
    await index.rebuild(all());
    expect((await searching).map(({ total }) => total)).toEqual(Array<number>(20).fill(1));
    await ended;
    expect(threads).toHaveLength(2);
    await index.close();
  });

  it('says that its thread ended, and finds again once it is rebuilt', async () => {
    const lost: Error[] = [];
    const index = open((error) => lost.push(error));
    await index.rebuild(all());
    expect(await index.isCurrent()).toBe(true);
    await threads[0]?.terminate();
    await expect(index.search(BROWSE)).rejects.toThrow();
    expect([lost.length, await index.isCurrent()]).toEqual([1, false]);
    await index.rebuild(all());
    expect([(await index.search(BROWSE)).total, await index.isCurrent()]).toEqual([1, true]);
    await index.close();
  });

  it('stays as it was if its thread ends while it is built', async () => {
    const lost: Error[] = [];
    const index = open((error) => lost.push(error));
    await index.apply([toIndexChange(lamp)]);
    const failing = index.rebuild(
      (async function* () {
        await until(() => threads.length === 1);
        await threads[0]?.terminate();
        yield [toIndexChange(lamp)];
      })(),
    );
    await expect(failing).rejects.toThrow();
    expect([lost, (await index.search(BROWSE)).total]).toEqual([[], 1]);
    await index.close();
  });
});
