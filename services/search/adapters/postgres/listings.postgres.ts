import type { Sql } from '#adapters/postgres/sql.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Listing, Product, Rating } from '../../core/domain/listing.ts';
import type { ListingQueries } from '../../core/ports/listing-queries.ts';
import type { ListingChanges } from '../../core/ports/search-tx.ts';

interface Row {
  readonly product_id: string;
  readonly revision: number;
  readonly product: Product | null;
  readonly rating: Rating | null;
  readonly sold: number;
  readonly available: readonly string[];
}

const toListing = (row: Row): Listing => ({
  productId: row.product_id,
  revision: row.revision,
  product: row.product ?? undefined,
  rating: row.rating ?? undefined,
  sold: row.sold,
  available: new Set(row.available),
});

const LISTING = `
  product_id, revision, product, rating, sold,
  array(select sku from search.stock where sku = any(skus) and is_available) as available
  from search.listings`;

export const postgresListingQueries = (sql: Sql): ListingQueries => {
  const select = async (clauses: string, params: readonly unknown[]): Promise<Listing[]> =>
    (await sql.query<Row>(`select ${LISTING} ${clauses}`, params)).map(toListing);
  const count = async (where: string): Promise<number> =>
    (
      await sql.query<{ readonly count: number }>(
        `select count(*)::int as count from search.listings ${where}`,
      )
    )[0]?.count ?? 0;
  return {
    find: (productIds) => select('where product_id = any($1)', [productIds]),
    pending: (limit) => select('where indexed < revision order by product_id limit $1', [limit]),
    count: () => count(''),
    countPending: () => count('where indexed < revision'),
    markIndexed: async (listings) => {
      const marked = await sql.query<{ readonly lag: number | null }>(MARK_INDEXED, [
        listings.map(({ productId }) => productId),
        listings.map(({ revision }) => revision),
      ]);
      return marked.flatMap(({ lag }) => lag ?? []);
    },
    all: (limit, after) =>
      after === undefined
        ? select('order by product_id limit $1', [limit])
        : select('where product_id > $2 order by product_id limit $1', [limit, after]),
  };
};

const MARK_INDEXED = `
  update search.listings as listing set indexed = done.revision
  from unnest($1::uuid[], $2::bigint[]) as done (product_id, revision)
  where listing.product_id = done.product_id and listing.indexed < done.revision
  returning case when listing.revision = done.revision
    then extract(epoch from clock_timestamp() - listing.changed_at)::float8 end as lag`;

/**
 * A listing has its own row and those of its SKUs' stock. Both kinds of change lock the SKUs first, so that the one that
 * commits last sees the other, and gives the listing a revision with both.
 */
export const postgresListingChanges = (tx: SqlTransaction): ListingChanges => ({
  saveProducts: async (changes) => {
    const skus = changes.flatMap(({ product }) => product?.variants.map(({ sku }) => sku) ?? []);
    await lockStock(tx, [...new Set(skus)].toSorted());
    await tx.write({
      table: 'listings',
      text: SAVE_PRODUCTS,
      params: [
        changes.map(({ productId }) => productId),
        changes.map(({ version }) => version),
        changes.map(({ product }) => (product ? JSON.stringify(product) : null)),
      ],
    });
  },
  saveStock: async (changes) => {
    const changed = await tx.execute<{ readonly sku: string }>(SAVE_STOCK, [
      changes.map(({ sku }) => sku),
      changes.map(({ version }) => version),
      changes.map(({ isAvailable }) => isAvailable),
    ]);
    // A statement of its own: it sees listings that were committed while the one before waited.
    if (changed.length > 0) await tx.execute(REVISE_LISTINGS, [changed.map(({ sku }) => sku)]);
  },
  saveRatings: (changes) =>
    tx.write({
      table: 'listings',
      text: SAVE_RATINGS,
      params: [
        changes.map(({ productId }) => productId),
        changes.map(({ version }) => version),
        changes.map(({ rating }) => JSON.stringify(rating)),
      ],
    }),
  addSales: async (units) => {
    const sold = [...units].toSorted(([a], [b]) => (a < b ? -1 : 1));
    if (sold.length === 0) return;
    await tx.write({
      table: 'sales',
      text: ADD_SALES,
      params: [sold.map(([productId]) => productId), sold.map(([, quantity]) => quantity)],
    });
  },
  countSales: async () => {
    await tx.execute(COUNT_SALES, []);
  },
});

const lockStock = async (tx: SqlTransaction, skus: readonly string[]): Promise<void> => {
  if (skus.length === 0) return;
  await tx.execute(ADD_STOCK, [skus]);
  await tx.execute(LOCK_STOCK, [skus]);
};

const ADD_STOCK = `
  insert into search.stock (sku, version, is_available)
  select sku, 0, false from unnest($1::text[]) as new (sku) on conflict (sku) do nothing`;

const LOCK_STOCK = 'select from search.stock where sku = any($1) order by sku for share';

const SAVE_PRODUCTS = `
  insert into search.listings as listing (product_id, revision, version, product, skus)
  select product_id, 1, version, product,
    array(select variant ->> 'sku' from jsonb_array_elements(product -> 'variants') as variant)
  from unnest($1::uuid[], $2::bigint[], $3::jsonb[]) as new (product_id, version, product)
  on conflict (product_id) do update set
    revision = listing.revision + 1, changed_at = now(), version = excluded.version, product = excluded.product, skus = excluded.skus
  where listing.version < excluded.version`;

const SAVE_STOCK = `
  insert into search.stock as stock (sku, version, is_available)
  select * from unnest($1::text[], $2::bigint[], $3::boolean[])
  on conflict (sku) do update set version = excluded.version, is_available = excluded.is_available
  where stock.version < excluded.version
  returning sku`;

const REVISE_LISTINGS = `
  update search.listings set revision = revision + 1, changed_at = now()
  where product_id in (select product_id from search.listings where skus && $1::text[] order by product_id for update)`;

const SAVE_RATINGS = `
  insert into search.listings as listing (product_id, revision, rating_version, rating)
  select product_id, 1, version, rating
  from unnest($1::uuid[], $2::bigint[], $3::jsonb[]) as new (product_id, version, rating)
  on conflict (product_id) do update set
    revision = listing.revision + 1, changed_at = now(), rating_version = excluded.rating_version, rating = excluded.rating
  where listing.rating_version < excluded.rating_version`;

const ADD_SALES = `
  insert into search.sales as sale (product_id, units)
  select product_id, units from unnest($1::uuid[], $2::bigint[]) as new (product_id, units)
  on conflict (product_id) do update set units = sale.units + excluded.units`;

/** In the order in which sales are added and listings revised. */
const COUNT_SALES = `
  with due as materialized (select product_id from search.sales order by product_id for update),
    sold as (delete from search.sales where product_id in (select product_id from due) returning product_id, units)
  insert into search.listings as listing (product_id, revision, sold)
  select product_id, 1, units from sold order by product_id
  on conflict (product_id) do update set
    revision = listing.revision + 1, changed_at = now(), sold = listing.sold + excluded.sold`;
