import { describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { toIndexChange, type IndexChange } from '../../core/domain/document.ts';
import type { IndexRequest } from '../../core/ports/product-index.ts';
import { aListing } from '../../test/search.mother.ts';
import { embeddedIndex } from './embedded-index.ts';

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
    const index = embeddedIndex(async function* () {
      await gate;
      yield changes(CHANGES, CHANGES);
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
    const index = embeddedIndex(async function* () {
      reads += 1;
      if (reads === 1) throw new Error('unavailable');
      yield* [await Promise.resolve(changes(CHANGES + 1, CHANGES + 1))];
    });
    await index.apply(changes(1, CHANGES));
    await until(() => reads === 1);
    await index.apply(changes(CHANGES + 1, CHANGES + 1));
    await until(async () => (await index.frequencies([])).documents < CHANGES);
    expect((await index.search(BROWSE)).total).toBe(1);
  });
});
