import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Kind, Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type {
  Offer,
  ProductPageRequest,
  ProductQueries,
  ProductSummary,
  Sort,
} from '../../core/ports/product-queries.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { positionIn, SORTS } from '../sorts.ts';

interface SummaryRow {
  readonly product_id: string;
  readonly name: string;
  readonly brand: string;
  readonly category: string;
  readonly subcategory: string;
  readonly tags: string[];
  readonly image: string | null;
  readonly price_from: number;
  readonly currency: string;
  readonly variant_count: number;
  readonly created_at: string;
}

const toSummary = (row: SummaryRow): ProductSummary => ({
  productId: row.product_id,
  name: row.name,
  brand: row.brand,
  category: row.category,
  subcategory: row.subcategory,
  tags: row.tags,
  image: row.image ?? undefined,
  priceFrom: { minor: row.price_from, currency: row.currency },
  variantCount: row.variant_count,
  createdAt: new Date(row.created_at),
});

/** The column of each sort order, and its type in a comparison. */
const COLUMNS: Readonly<Record<Sort, readonly [column: string, type: string]>> = {
  newest: ['created_at', 'timestamptz'],
  name: ['name collate "C"', 'text'],
  price_asc: ['price_from', 'bigint'],
  price_desc: ['price_from', 'bigint'],
};

const FILTERS = { category: 'category =', subcategory: 'subcategory =', brand: 'brand =' } as const;

/**
 * One statement per page: filters and keyset in index order, and one extra row to see whether more follow. The page comes as one
 * JSON value, which takes a third of the time of its 275 columns.
 */
const pageQuery = (request: ProductPageRequest, after: Position | undefined) => {
  const [column, type] = COLUMNS[request.sort];
  const { isDescending } = SORTS[request.sort];
  const params: unknown[] = [request.limit + 1];
  const conditions: string[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  for (const [key, condition] of Object.entries(FILTERS)) {
    const value = request[key as keyof typeof FILTERS];
    if (value !== undefined) conditions.push(`${condition} ${param(value)}`);
  }
  if (request.tag !== undefined) conditions.push(`tags @> array[${param(request.tag)}]::text[]`);
  if (after)
    conditions.push(
      `(${column}, product_id) ${isDescending ? '<' : '>'} (${param(after.value)}::${type}, ${param(after.id)}::uuid)`,
    );
  const direction = isDescending ? 'desc' : 'asc';
  const text = `select json_agg(page) as found from (
    select product_id, name, brand, category, subcategory, tags, image, price_from, currency, variant_count, created_at
    from catalog.products ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
    order by ${column} ${direction}, product_id ${direction} limit $1) page`;
  return { text, params };
};

/** @param recent absent where another process may change products */
export const postgresProductQueries = (sql: Sql, recent?: Recent): ProductQueries => ({
  find: async (productId) => {
    const [row] = await sql.query<{ document: ProductDocument }>(
      'select document from catalog.products where product_id = $1',
      [productId],
    );
    return row && fromDocument(row.document);
  },
  page: async (request) => {
    const after = positionOf(request, request.sort, SORTS[request.sort].by);
    if (!after.ok) return after;
    const { text, params } = pageQuery(request, after.value);
    const [row] = await sql.query<{ found: readonly SummaryRow[] | null }>(text, params);
    return pageOf((row?.found ?? []).map(toSummary), request.limit, positionIn(request.sort));
  },
  categories: async () => {
    const rows = await sql.query<{ category: string; subcategory: string; products: number }>(
      `select category, subcategory, count(*) as products from catalog.products
       group by category, subcategory order by category collate "C", subcategory collate "C"`,
    );
    return [...Map.groupBy(rows, ({ category }) => category)].map(([name, inside]) => ({
      name,
      products: inside.reduce((count, { products }) => count + products, 0),
      subcategories: inside.map(({ subcategory, products }) => ({ name: subcategory, products })),
    }));
  },
  offers: async (variantIds) => {
    const read = (ids: readonly string[]) => readOffers(sql, ids);
    const offers = recent ? await recent.through(OFFERS, variantIds, read) : await read(variantIds);
    return [...offers.values()];
  },
});

const OFFERS: Kind<Offer> = { kind: 'offers' };

const readOffers = async (sql: Sql, variantIds: readonly string[]): Promise<ReadonlyMap<string, Offer>> => {
  const rows = await sql.query<OfferRow>(
    `select product_id, variant_id, sku, name, image, price, currency from catalog.variants
     where variant_id = any($1::uuid[])`,
    [variantIds],
  );
  return new Map(
    rows.map(({ product_id, variant_id, sku, name, image, price, currency }) => [
      variant_id,
      {
        productId: product_id,
        variantId: variant_id,
        sku,
        name,
        image: image ?? undefined,
        price: { minor: price, currency },
      },
    ]),
  );
};

interface OfferRow {
  readonly product_id: string;
  readonly variant_id: string;
  readonly sku: string;
  readonly name: string;
  readonly image: string | null;
  readonly price: number;
  readonly currency: string;
}
