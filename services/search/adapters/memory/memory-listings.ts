import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { Listing, ProductChange, Rating } from '../../core/domain/listing.ts';
import type { Rule } from '../../core/domain/rule.ts';
import type { ListingQueries, RuleQueries } from '../../core/ports/listing-queries.ts';
import type { ListingChanges, RuleRepository } from '../../core/ports/search-tx.ts';

interface StoredListing extends ProductChange {
  readonly revision: number;
  readonly indexed: number;
  readonly rating?: Rating;
  readonly ratingVersion: number;
  readonly sold: number;
  /** Milliseconds, as `performance.now()`. */
  readonly changedAt: number;
}

interface StoredStock {
  readonly version: number;
  readonly isAvailable: boolean;
}

interface StoredSales {
  readonly productId: string;
  readonly units: number;
}

const listingsOf = (tables: MemoryTables) => tables.table<StoredListing>('listings');
const stockOf = (tables: MemoryTables) => tables.table<StoredStock>('stock');
const salesOf = (tables: MemoryTables) => tables.table<StoredSales>('sales');
const rulesOf = (tables: MemoryTables) => tables.table<Rule>('rules');

const unknown = (productId: string): StoredListing => ({
  productId,
  version: 0,
  revision: 0,
  indexed: 0,
  ratingVersion: 0,
  sold: 0,
  changedAt: 0,
});

export const memoryListingChanges = (tx: MemoryTransaction): ListingChanges => {
  const listings = listingsOf(tx);
  const change = (
    productId: string,
    changed: (listing: StoredListing) => Partial<StoredListing> | undefined,
  ): void => {
    const before = listings.get(productId) ?? unknown(productId);
    const after = changed(before);
    if (after)
      listings.put(productId, {
        ...before,
        ...after,
        revision: before.revision + 1,
        changedAt: performance.now(),
      });
  };
  return {
    saveProducts: async (changes) => {
      for (const { productId, version, product } of changes)
        change(productId, (before) => (before.version < version ? { version, product } : undefined));
      await Promise.resolve();
    },
    saveStock: async (changes) => {
      const changed = changes.filter(({ sku, version }) => (stockOf(tx).get(sku)?.version ?? 0) < version);
      for (const { sku, version, isAvailable } of changed) stockOf(tx).put(sku, { version, isAvailable });
      const skus = new Set(changed.map(({ sku }) => sku));
      const affected = listings.find(
        ({ product }) => product?.variants.some(({ sku }) => skus.has(sku)) === true,
      );
      for (const { productId } of affected) change(productId, () => ({}));
      await Promise.resolve();
    },
    saveRatings: async (changes) => {
      for (const { productId, version, rating } of changes)
        change(productId, (before) =>
          before.ratingVersion < version ? { ratingVersion: version, rating } : undefined,
        );
      await Promise.resolve();
    },
    addSales: async (units) => {
      const sales = salesOf(tx);
      for (const [productId, quantity] of units)
        sales.put(productId, { productId, units: (sales.get(productId)?.units ?? 0) + quantity });
      await Promise.resolve();
    },
    countSales: async () => {
      const sales = salesOf(tx);
      for (const { productId, units } of sales.find()) {
        change(productId, ({ sold }) => ({ sold: sold + units }));
        sales.delete(productId);
      }
      await Promise.resolve();
    },
  };
};

export const memoryListingQueries = (database: MemoryDatabase): ListingQueries => {
  const { committed } = database;
  const toListing = ({ productId, revision, product, rating, sold }: StoredListing): Listing => ({
    productId,
    revision,
    product,
    rating,
    sold,
    available: new Set(
      product?.variants
        .map(({ sku }) => sku)
        .filter((sku) => stockOf(committed).get(sku)?.isAvailable === true),
    ),
  });
  const pending = (): StoredListing[] =>
    listingsOf(committed).find(({ indexed, revision }) => indexed < revision);
  return {
    find: (productIds) =>
      Promise.resolve(
        productIds.flatMap((productId) => {
          const found = listingsOf(committed).get(productId);
          return found ? [toListing(found)] : [];
        }),
      ),
    pending: (limit) => Promise.resolve(pending().slice(0, limit).map(toListing)),
    count: () => Promise.resolve(listingsOf(committed).find().length),
    countPending: () => Promise.resolve(pending().length),
    markIndexed: (indexed) =>
      database.transaction(async (tx) => {
        const lags: number[] = [];
        for (const { productId, revision } of indexed) {
          const stored = listingsOf(tx).get(productId);
          if (!stored || stored.indexed >= revision) continue;
          listingsOf(tx).put(productId, { ...stored, indexed: revision });
          if (stored.revision === revision) lags.push((performance.now() - stored.changedAt) / 1_000);
        }
        return Promise.resolve(lags);
      }),
    all: (limit, after = '') =>
      Promise.resolve(
        listingsOf(committed)
          .find(({ productId }) => productId > after)
          .sort((a, b) => (a.productId < b.productId ? -1 : 1))
          .slice(0, limit)
          .map(toListing),
      ),
  };
};

export const memoryRuleRepository = (tx: MemoryTransaction): RuleRepository => ({
  find: (ruleId) => Promise.resolve(rulesOf(tx).get(ruleId)),
  count: () => Promise.resolve(rulesOf(tx).find().length),
  save: async (rule) => {
    if ((rulesOf(tx).get(rule.ruleId)?.version ?? 0) !== rule.version - 1) throw new VersionConflict('rule');
    rulesOf(tx).put(rule.ruleId, rule);
    await Promise.resolve();
  },
  remove: async ({ ruleId, version }) => {
    if (rulesOf(tx).get(ruleId)?.version !== version) throw new VersionConflict('rule');
    rulesOf(tx).delete(ruleId);
    await Promise.resolve();
  },
});

export const memoryRuleQueries = ({ committed }: MemoryDatabase): RuleQueries => ({
  all: () => Promise.resolve(rulesOf(committed).find()),
  find: (ruleId) => Promise.resolve(rulesOf(committed).get(ruleId)),
});
