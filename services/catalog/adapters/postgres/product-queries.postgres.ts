import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Kind, Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type {
  Offer,
  ProductPageRequest,
  ProductQueries,
  ProductViews,
  Sort,
} from '../../core/ports/product-queries.ts';
import type { Product } from '../../core/domain/product.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { positionOfListed, SORTS } from '../sorts.ts';
import { formatOf } from './product-repository.postgres.ts';

/** A product with text of the current format and version, or else the document to make it from. */
type ShownRow = { readonly shown: string; readonly document: null } | { readonly shown: null; readonly document: ProductDocument }; // prettier-ignore

/** The previous release changes products without their text, so the text says what it was made from. */
const shownAs = (text: 'listed' | 'whole'): string =>
  `case when shown_as = $1 || version then ${text} end as shown,
   case when shown_as = $1 || version then null else document end as document`;

/** The column of each sort order, and its type in a comparison. */
const COLUMNS: Readonly<Record<Sort, readonly [column: string, type: string]>> = {
  newest: ['created_at', 'timestamptz'],
  name: ['name collate "C"', 'text'],
  price_asc: ['price_from', 'bigint'],
  price_desc: ['price_from', 'bigint'],
};

const FILTERS = { category: 'category =', subcategory: 'subcategory =', brand: 'brand =' } as const;

/** One statement per page: filters and keyset in index order, and one extra row to see whether more follow. */
const pageQuery = (request: ProductPageRequest, after: Position | undefined, format: string) => {
  const [column, type] = COLUMNS[request.sort];
  const { isDescending } = SORTS[request.sort];
  const params: unknown[] = [format, request.limit + 1];
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
  const text = `select ${shownAs('listed')} from catalog.products
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
    order by ${column} ${direction}, product_id ${direction} limit $2`;
  return { text, params };
};

/** @param recent absent where another process may change products */
export const postgresProductQueries = (sql: Sql, views: ProductViews, recent?: Recent): ProductQueries => {
  const format = formatOf(views);
  const show = ({ shown, document }: ShownRow, view: (product: Product) => string): string =>
    shown ?? view(fromDocument(document));
  return {
    find: async (productId) => {
      const [row] = await sql.query<ShownRow & { version: number }>(
        `select version, ${shownAs('whole')} from catalog.products where product_id = $2`,
        [format, productId],
      );
      return row && { version: row.version, json: show(row, views.whole) };
    },
    page: async (request) => {
      const after = positionOf(request, request.sort, SORTS[request.sort].by);
      if (!after.ok) return after;
      const { text, params } = pageQuery(request, after.value, format);
      const rows = await sql.query<ShownRow>(text, params);
      const items = rows.map((row) => show(row, views.listed));
      return pageOf(items, request.limit, positionOfListed(request.sort));
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
  };
};

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
