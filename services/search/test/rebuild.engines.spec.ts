import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { persistent, until } from '#test/kit/conditions.ts';
import { RebuildInProgress } from '../adapters/opensearch/rebuild.ts';
import { toIndexChange, type IndexChange } from '../core/domain/document.ts';
import type { Listing } from '../core/domain/listing.ts';
import type { IndexPage, IndexRequest, ProductIndex } from '../core/ports/product-index.ts';
import { openOpenSearch, type OpenSearchRig } from './opensearch.rig.ts';
import { aListing } from './search.mother.ts';

const BROWSE: IndexRequest = { filters: {}, sort: 'newest', limit: 1 };
const WRITES_PER_S = 50;
const QUERIES_PER_S = 20;
const BATCH = 100;

let rig: OpenSearchRig;
let index: ProductIndex;
const open = (options: Parameters<typeof openOpenSearch>[0] = {}): void => {
  rig = openOpenSearch(options);
  ({ index } = rig);
};
beforeEach(() => {
  open();
});

const find = (filters: IndexRequest['filters'] = {}): Promise<IndexPage> =>
  index.search({ ...BROWSE, filters });
const inBrand = async (brand: string): Promise<number> => (await find({ brand: [brand] })).total;
const lamps = (count: number): Listing[] => Array.from({ length: count }, () => aListing({ name: 'Lamp' }));
const rebranded = (listing: Listing, brand: string): Listing => ({
  ...listing,
  revision: listing.revision + 1,
  product: listing.product && { ...listing.product, brand },
});
const put = async (...listings: readonly Listing[]): Promise<void> => {
  await index.apply(listings.map(toIndexChange));
  await rig.refresh();
};
const indexes = async (): Promise<string[]> => {
  const { body } = await rig.connection.run((client) => client.indices.get({ index: `${rig.name}.*` }));
  return Object.keys(body);
};

/** The listings as a store returns them: as they are when they are read. */
async function* reading(
  listings: readonly Listing[],
  between: () => Promise<void> = () => Promise.resolve(),
): AsyncGenerator<readonly IndexChange[]> {
  for (let start = 0; start < listings.length; start += BATCH) {
    yield listings.slice(start, start + BATCH).map(toIndexChange);
    await between();
  }
}

/** A rebuild that stops after its first listings, as if its process had been killed. */
const stall = async (by: ProductIndex, listings: readonly Listing[]): Promise<void> => {
  const { promise: stalled, resolve: onStalled } = Promise.withResolvers<undefined>();
  const forever = new Promise<void>(() => undefined);
  void by.rebuild(
    reading(listings, () => {
      onStalled(undefined);
      return forever;
    }),
  );
  await stalled;
};

/** Repeats `work` at this rate until the returned function is called, which throws the first error. */
const keepOn = (perSecond: number, work: () => Promise<void>): (() => Promise<number>) => {
  const end = new AbortController();
  let times = 0;
  const running = (async () => {
    for (const start = performance.now(); !end.signal.aborted; times += 1) {
      await work();
      await pause(Math.max(0, start + ((times + 1) * 1_000) / perSecond - performance.now()));
    }
  })();
  running.catch(() => undefined); // the returned function throws it
  return async () => {
    end.abort();
    await running;
    return times;
  };
};

describe('a rebuild', () => {
  it('under writes and queries has no error, no empty page and no lost change', async () => {
    const listings = lamps(2_000);
    await index.rebuild(reading(listings));
    let next = 0;
    const stopWriting = keepOn(WRITES_PER_S, async () => {
      const place = (next * 7) % listings.length;
      const listing = listings[place];
      if (!listing) throw new Error('no listing');
      next += 1;
      const changed = rebranded(listing, 'New');
      listings[place] = changed; // committed, and then indexed
      await index.apply([toIndexChange(changed)]);
    });
    const totals: number[] = [];
    const stopAsking = keepOn(QUERIES_PER_S, async () => {
      totals.push((await find()).total);
    });
    await index.rebuild(reading(listings, () => pause(50)));
    const [writes, queries] = [await stopWriting(), await stopAsking()];
    expect(writes).toBeGreaterThan(20);
    expect(queries).toBeGreaterThan(10);
    expect(new Set(totals)).toEqual(new Set([2_000]));
    await rig.refresh();
    expect(await inBrand('New')).toBe(listings.filter(({ product }) => product?.brand === 'New').length);
    expect(await indexes()).toHaveLength(1);
  });

  it('that was killed leaves the old index in use, and the next one removes what it left', async () => {
    const listings = lamps(250);
    await index.rebuild(reading(listings));
    await stall(rig.another(), listings);
    const [changed = aListing()] = listings;
    await put(rebranded(changed, 'New'));
    expect([(await find()).total, await inBrand('New')]).toEqual([250, 1]);
    expect(await indexes()).toHaveLength(2);
    await index.rebuild(reading([rebranded(changed, 'New'), ...listings.slice(1)]));
    expect([(await find()).total, await inBrand('New')]).toEqual([250, 1]);
    expect(await indexes()).toHaveLength(1);
  });

  it('is refused while another one is at work', async () => {
    open({ leaseMs: 20_000 });
    const listings = lamps(300);
    const end = new AbortController();
    const first = rig.another().rebuild(
      (async function* () {
        while (!end.signal.aborted) {
          yield [];
          await pause(20);
        }
        yield* reading(listings);
      })(),
    );
    await until(async () => (await indexes()).length === 1);
    await expect(index.rebuild(reading(listings))).rejects.toThrow(RebuildInProgress);
    end.abort();
    await first;
    expect((await find()).total).toBe(300);
  });

  it('leaves an index that is current', async () => {
    expect(await index.isCurrent()).toBe(false);
    await put(...lamps(1));
    expect(await index.isCurrent()).toBe(false); // of the listings before, it has none
    await index.rebuild(reading(lamps(3)));
    expect(await index.isCurrent()).toBe(true);
    const [current = ''] = await indexes();
    const meta = { format: 0, isComplete: true, beat: 0 };
    await rig.connection.run((client) =>
      client.indices.putMapping({ index: current, body: { _meta: meta } }),
    );
    expect(await index.isCurrent()).toBe(false);
  });

  it('by a later version keeps this one from writing', async () => {
    await index.rebuild(reading(lamps(1)));
    const [current = ''] = await indexes();
    const meta = { format: 1_000, isComplete: true, beat: 0 };
    await rig.connection.run((client) =>
      client.indices.putMapping({ index: current, body: { _meta: meta } }),
    );
    await expect(put(...lamps(1))).rejects.toThrow('later version');
    expect(await index.isCurrent()).toBe(true); // or the two versions would take turns to build it
    expect((await find()).total).toBe(1);
  });

  it('goes on without a listing that the index refuses', async () => {
    const broken = aListing({ brand: 'x'.repeat(40_000) });
    await index.rebuild(reading([...lamps(2), broken, ...lamps(2)]));
    expect((await find()).total).toBe(4);
    expect(rig.refused).toEqual([broken.productId]);
  });
});

describe('an index that is missing', () => {
  it('is made once by all who use it first', async () => {
    await Promise.all(
      Array.from({ length: 6 }, async (_, place) => {
        const instance = rig.another();
        if (place % 2 === 0) await instance.apply(lamps(1).map(toIndexChange));
        else await persistent(() => instance.search(BROWSE)); // unavailable until its shard has started
      }),
    );
    await rig.refresh();
    expect(await indexes()).toHaveLength(1);
    expect((await find()).total).toBe(3);
  });
});
