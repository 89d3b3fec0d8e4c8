import { beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { openSearchIndex } from '../adapters/opensearch/opensearch-index.ts';
import { toIndexChange } from '../core/domain/document.ts';
import type { Listing } from '../core/domain/listing.ts';
import type { IndexPosition, IndexRequest } from '../core/ports/product-index.ts';
import { makeSynonyms } from '../core/query/synonyms.ts';
import { planOf, readWith, termsIn, understand } from '../core/query/understand.ts';
import { openOpenSearch, type OpenSearchRig } from './opensearch.rig.ts';
import { aListing } from './search.mother.ts';

const BROWSE: IndexRequest = { filters: {}, sort: 'newest', limit: 100 };

describe('the index on OpenSearch', () => {
  let rig: OpenSearchRig;
  beforeEach(() => {
    rig = openOpenSearch();
  });
  const put = async (...listings: readonly Listing[]): Promise<readonly string[]> => {
    const refused = await rig.index.apply(listings.map(toIndexChange));
    await rig.refresh();
    return refused;
  };

  it('keeps a product removed when OpenSearch has forgotten deletions', async () => {
    const lamp = aListing({ name: 'Lamp' });
    await put(lamp);
    await rig.connection.run((client) =>
      client.indices.putSettings({ index: rig.name, body: { index: { gc_deletes: '0s' } } }),
    );
    await put({ ...lamp, revision: 3, product: undefined });
    await put({ ...lamp, revision: 2 });
    expect(await rig.index.search(BROWSE)).toMatchObject({ total: 0, matches: 0 });
    await put({ ...lamp, revision: 4 });
    expect((await rig.index.search(BROWSE)).total).toBe(1);
  });

  it('refuses a document that cannot be stored, and takes those around it', async () => {
    const broken = aListing({ brand: 'x'.repeat(40_000) });
    expect(await put(aListing(), broken, aListing())).toEqual([broken.productId]);
    expect((await rig.index.search(BROWSE)).total).toBe(2);
  });

  it('takes many large documents', async () => {
    const description = Array.from({ length: 200_000 }, (_, word) => word.toString(36)).join(' ');
    expect(await put(...Array.from({ length: 8 }, () => aListing({ description })))).toEqual([]);
    expect((await rig.index.search(BROWSE)).total).toBe(8);
  });

  it('counts values of an attribute whatever its name and values are', async () => {
    const names = ['a.b', 'x"y', 'ring [mm]', '~#@&<1-9>', 'größe', 'a\\d', '𐐀', 'a.', 'ab'];
    const attributes = Object.fromEntries(names.map((name) => [name, `${name}*`]));
    await put(
      ...[attributes, {}].map((of) => {
        const listing = aListing();
        const variants = listing.product?.variants.map((variant) => ({ ...variant, attributes: of })) ?? [];
        return { ...listing, product: listing.product && { ...listing.product, variants } };
      }),
    );
    for (const name of names) {
      const chosen = { attributes: new Map([[name, [`${name}*`]]]) };
      const { total, facets } = await rig.index.search({ ...BROWSE, filters: chosen, facets: 'all' });
      expect(total).toBe(1);
      expect(facets?.attributes.find((facet) => facet.name === name)?.values).toEqual([
        { value: `${name}*`, products: 1 },
      ]);
    }
  });

  it('takes a query of twelve words, each with hundreds of synonyms', async () => {
    const words = Array.from({ length: 12 }, (_, place) => `word${String.fromCharCode(97 + place)}`);
    const groups = words.flatMap((word) =>
      Array.from({ length: 20 }, (_, group) => [
        word,
        ...Array.from(
          { length: 19 },
          (__, member) => `${word} ${'abcdefghijklmnopqrst'[group] ?? ''}${member} x`,
        ),
      ]),
    );
    const understood = understand(words.join(' '), makeSynonyms(groups));
    const frequencies = await rig.index.frequencies(termsIn(understood));
    const reading = readWith(understood, frequencies);
    await put(aListing({ name: words.join(' ') }));
    const plan = planOf(understood, reading, 'any', []);
    expect((await rig.index.search({ ...BROWSE, plan, sort: 'relevance' })).total).toBe(1);
  });

  it('has 2,000 hits in pages without a repetition while other products change', async () => {
    const walked = Array.from({ length: 2_000 }, (_, place) =>
      aListing({ name: 'Lamp' }, { sold: place % 90, rating: { average: 4, count: place % 50 } }),
    );
    const others = Array.from({ length: 100 }, () => aListing({ name: 'Lamp' }));
    await put(...walked, ...others);
    const understood = understand('lamp', makeSynonyms([]));
    const reading = { weights: [1], unknown: [false] };
    const plan = planOf(understood, reading, 'all', []);
    const found: string[] = [];
    let revision = 1;
    for (let after: IndexPosition | undefined, hasMore = true; hasMore;) {
      const page = await rig.index.search({ ...BROWSE, plan, sort: 'relevance', after });
      found.push(...page.hits.map(({ productId }) => productId));
      ({ hasMore } = page);
      after = page.hits.at(-1);
      revision += 1;
      const removed = revision % 2 === 0;
      const changed = others.map((other) => ({
        ...other,
        revision,
        ...(removed ? { product: undefined } : {}),
      }));
      await put(...changed, aListing({ name: 'Lamp' }));
    }
    const wanted = new Set(walked.map(({ productId }) => productId));
    const hits = found.filter((productId) => wanted.has(productId));
    expect(hits).toHaveLength(2_000);
    expect(new Set(hits)).toEqual(wanted);
  });
});

describe('an OpenSearch that is away', () => {
  it('makes every operation fail as a store that is unavailable', async () => {
    const connection = new OpenSearchConnection({
      url: `http://127.0.0.1:${await freePort()}`,
      timeoutMs: 500,
    });
    atEnd(() => connection.close());
    const index = openSearchIndex(connection, {
      name: 'away',
      shards: 1,
      replicas: 0,
      leaseMs: 100,
      graceMs: 0,
      newId: () => 'id',
      onRefused: () => undefined,
    });
    for (const operation of [
      () => index.isCurrent(),
      () => index.search(BROWSE),
      () => index.frequencies(['lamp']),
      () => index.apply([toIndexChange(aListing())]),
    ])
      await expect(operation()).rejects.toThrow(StoreUnavailable);
  });
});
