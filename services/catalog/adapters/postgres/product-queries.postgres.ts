import { decodeCursor, encodeCursor } from '#adapters/pagination/cursor.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { PageWish, ProductQueries, ProductSummary, Sort } from '../../core/ports/product-queries.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { SORTED_BY } from '../sorts.ts';

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
  readonly created_at: Date;
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
  createdAt: row.created_at,
});

/** The SQL of each sort order, and the value of the last row that its cursor contains. */
const SORTS: Readonly<
  Record<
    Sort,
    {
      readonly column: string;
      readonly type: string;
      readonly descending: boolean;
      readonly value: (row: SummaryRow) => string | number;
    }
  >
> = {
  newest: {
    column: 'created_at',
    type: 'timestamptz',
    descending: true,
    value: (row) => row.created_at.toISOString(),
  },
  name: { column: 'name collate "C"', type: 'text', descending: false, value: (row) => row.name },
  price_asc: { column: 'price_from', type: 'bigint', descending: false, value: (row) => row.price_from },
  price_desc: { column: 'price_from', type: 'bigint', descending: true, value: (row) => row.price_from },
};

const FILTERS = { category: 'category =', subcategory: 'subcategory =', brand: 'brand =' } as const;

/** One statement per page: filters and keyset in index order, and one extra row to see whether more follow. */
const pageQuery = (wish: PageWish, after: { value: string | number; id: string } | undefined) => {
  const { column, type, descending } = SORTS[wish.sort];
  const params: unknown[] = [wish.limit + 1];
  const conditions: string[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  for (const [key, condition] of Object.entries(FILTERS)) {
    const value = wish[key as keyof typeof FILTERS];
    if (value !== undefined) conditions.push(`${condition} ${param(value)}`);
  }
  if (wish.tag !== undefined) conditions.push(`tags @> array[${param(wish.tag)}]::text[]`);
  if (after)
    conditions.push(
      `(${column}, product_id) ${descending ? '<' : '>'} (${param(after.value)}::${type}, ${param(after.id)}::uuid)`,
    );
  const direction = descending ? 'desc' : 'asc';
  const text = `
    select product_id, name, brand, category, subcategory, tags, image, price_from, currency, variant_count, created_at
    from catalog.products ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
    order by ${column} ${direction}, product_id ${direction} limit $1`;
  return { text, params };
};

export const postgresProductQueries = (sql: Sql): ProductQueries => ({
  find: async (productId) => {
    const [row] = await sql.query<{ document: ProductDocument }>(
      'select document from catalog.products where product_id = $1',
      [productId],
    );
    return row && fromDocument(row.document);
  },
  page: async (wish) => {
    const after =
      wish.cursor === undefined ? undefined : decodeCursor(wish.cursor, wish.sort, SORTED_BY[wish.sort]);
    if (wish.cursor !== undefined && !after)
      return refuse('INVALID_CURSOR', 'The cursor was not issued for this list.');
    const { text, params } = pageQuery(wish, after);
    const rows = await sql.query<SummaryRow>(text, params);
    const items = rows.slice(0, wish.limit);
    const last = rows.length > wish.limit ? items.at(-1) : undefined;
    return ok({
      items: items.map(toSummary),
      next:
        last && encodeCursor({ list: wish.sort, value: SORTS[wish.sort].value(last), id: last.product_id }),
    });
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
    const rows = await sql.query<OfferRow>(
      `select product_id, variant_id, sku, name, image, price, currency from catalog.variants
       where variant_id = any($1::uuid[])`,
      [variantIds],
    );
    return rows.map(({ product_id, variant_id, sku, name, image, price, currency }) => ({
      productId: product_id,
      variantId: variant_id,
      sku,
      name,
      image: image ?? undefined,
      price: { minor: price, currency },
    }));
  },
});

interface OfferRow {
  readonly product_id: string;
  readonly variant_id: string;
  readonly sku: string;
  readonly name: string;
  readonly image: string | null;
  readonly price: number;
  readonly currency: string;
}
