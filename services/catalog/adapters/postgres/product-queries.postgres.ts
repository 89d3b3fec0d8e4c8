import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Kind, Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type {
  Offer,
  ProductFilter,
  ProductPageRequest,
  ProductQueries,
  ProductJson,
  Sort,
} from '../../core/ports/product-queries.ts';
import { isVisible, PUBLISHED, type Publishing } from '../../core/domain/lifecycle.ts';
import { pricesAt, type ListPrice, type Priced } from '../../core/domain/price.ts';
import type { Rating } from '../../core/domain/rating.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { positionOfListed, SORTS } from '../sorts.ts';
import { readFiltered, type FilteredPage } from './filtered.ts';
import { tagListOf } from './product-lists.ts';
import { staffConditions } from './staff-queries.postgres.ts';
import { formatOf } from './product-repository.postgres.ts';

/** A product's JSON, or its document if the stored JSON is of another format or version. */
type JsonRow = { readonly rating: (Rating & { readonly version: number }) | null } & (
  | { readonly json: string; readonly document: null }
  | { readonly json: null; readonly document: ProductDocument }
);

/** Compares the source because the previous release changes products without their JSON. Takes the format as `$1`. */
const jsonOrDocument = (column: 'summary_json' | 'detail_json'): string =>
  `case when json_source = $1 || version then ${column} end as json,
   case when json_source = $1 || version then null else document end as document, rating`;

const toJson = (
  { json, document, rating }: JsonRow,
  form: 'summary' | 'detail',
  productJson: ProductJson,
): string => productJson.rated(json ?? productJson[form](fromDocument(document)), rating ?? undefined);

/** The column of each sort order, and its type in a comparison. */
const COLUMNS: Readonly<Record<Sort, readonly [column: string, type: string]>> = {
  newest: ['created_at', 'timestamptz'],
  name: ['name collate "C"', 'text'],
  price_asc: ['price_from', 'bigint'],
  price_desc: ['price_from', 'bigint'],
};

/** As in the condition of the indexes that serve the lists of visible products. */
const IS_VISIBLE = `stage = 'published'`;

/** Fields that an index begins with, and its order then continues: alone, or with those before them. */
const LEADING: Readonly<Record<Sort, readonly (readonly (keyof typeof FIELDS)[])[]>> = {
  newest: [['category', 'subcategory'], ['brand']],
  name: [],
  price_asc: [],
  price_desc: [],
};

const FIELDS = { category: 'category =', subcategory: 'subcategory =', brand: 'brand =' } as const;

/** Filters and keyset, as far as possible in the order of an index. */
const pageQuery = (
  request: ProductPageRequest,
  after: Position | undefined,
  format: string,
): FilteredPage => {
  const [column, type] = COLUMNS[request.sort];
  const { isDescending } = SORTS[request.sort];
  const tags = [...(request.tag === undefined ? [] : [request.tag]), ...(request.tags ?? [])];
  const [firstTag] = tags;
  const listId = request.categoryId ?? (firstTag === undefined ? undefined : tagListOf(firstTag));
  const isListed = listId !== undefined;
  const params: unknown[] = [format];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const range = [isListed ? 's.is_visible' : IS_VISIBLE];
  const filters: string[] = [];
  if (isListed) range.push(`s.list_id = ${param(listId)}::uuid`);
  const leading = isListed
    ? undefined
    : LEADING[request.sort].find((fields) => fields.every((field) => request[field] !== undefined));
  for (const [field, condition] of Object.entries(FIELDS) as [keyof typeof FIELDS, string][])
    if (request[field] !== undefined)
      (leading?.includes(field) ? range : filters).push(`${condition} ${param(request[field])}`);
  for (const tag of tags) filters.push(`tags @> array[${param(tag)}]::text[]`);
  if (request.price) {
    const { currency, min, max } = request.price;
    const bounds = column === 'price_from' ? range : filters;
    filters.push(`currency = ${param(currency)}`);
    if (min !== undefined) bounds.push(`s.price_from >= ${param(min)}`);
    if (max !== undefined) bounds.push(`s.price_from <= ${param(max)}`);
  }
  if (request.createdFrom)
    (column === 'created_at' ? range : filters).push(`s.created_at >= ${param(request.createdFrom)}`);
  if (after)
    range.push(
      `(s.${column}, s.product_id) ${isDescending ? '<' : '>'} (${param(after.value)}::${type}, ${param(after.id)}::uuid)`,
    );
  return {
    table: isListed ? 'catalog.product_lists' : 'catalog.products',
    join: isListed ? 'join catalog.products as p using (product_id)' : '',
    columns: jsonOrDocument('summary_json'),
    range,
    filters,
    column,
    direction: isDescending ? 'desc' : 'asc',
    limit: request.limit + 1,
    params,
  };
};

/** @param recent absent where another process may change products */
export const postgresProductQueries = (
  sql: Sql,
  productJson: ProductJson,
  recent?: Recent,
): ProductQueries => {
  const format = formatOf(productJson);
  const summaries: ProductQueries['summaries'] = async (productIds) => {
    const rows = await sql.query<JsonRow & { product_id: string }>(
      `select product_id, ${jsonOrDocument('summary_json')} from catalog.products
       where product_id = any($2::uuid[]) and ${IS_VISIBLE}`,
      [format, productIds],
    );
    return new Map(rows.map((row) => [row.product_id, toJson(row, 'summary', productJson)]));
  };
  return {
    find: async (productId) => {
      const [row] = await sql.query<JsonRow & { version: number }>(
        `select version, ${jsonOrDocument('detail_json')} from catalog.products where product_id = $2 and ${IS_VISIBLE}`,
        [format, productId],
      );
      if (!row) return undefined;
      return {
        version: row.version,
        ...(row.rating && { ratingVersion: row.rating.version }),
        json: toJson(row, 'detail', productJson),
      };
    },
    page: async (request) => {
      const after = positionOf(request, request.sort, SORTS[request.sort].by);
      if (!after.ok) return after;
      const rows = await readFiltered<JsonRow>(sql, pageQuery(request, after.value, format));
      const items = rows.map((row) => toJson(row, 'summary', productJson));
      return pageOf(items, request.limit, positionOfListed(request.sort));
    },
    related: async (productId) => {
      const [product] = await sql.query<{ related: readonly string[] | null }>(
        `select document -> 'related' as related from catalog.products where product_id = $1 and ${IS_VISIBLE}`,
        [productId],
      );
      if (!product) return undefined;
      const related = product.related ?? []; // absent in products of earlier releases
      const found = await summaries(related);
      return related.flatMap((id) => found.get(id) ?? []);
    },
    summaries,
    countByCategory: async () => {
      const rows = await sql.query<{ category_id: string; products: number }>(
        `select category_id, count(*) as products from catalog.products
         where ${IS_VISIBLE} and category_id is not null group by category_id`,
      );
      return new Map(rows.map(({ category_id, products }) => [category_id, products]));
    },
    offers: async (variantIds, now) => {
      const read = (ids: readonly string[]) => readVariants(sql, ids);
      const variants = recent ? await recent.through(VARIANTS, variantIds, read) : await read(variantIds);
      return [...variants.values()]
        .filter(({ publishing }) => isVisible(publishing, now))
        .map(({ offer, priced }) => ({ ...offer, prices: pricesAt(priced, now) }));
    },
    select: async (filter, after, limit) => {
      const { text, params } = selectQuery(filter, after, limit);
      return (await sql.query<{ product_id: string }>(text, params)).map(({ product_id }) => product_id);
    },
  };
};

const selectQuery = (
  { dueBy, categoryId, priceList, isUnfiled, ...filter }: ProductFilter,
  after: string | undefined,
  limit: number,
) => {
  const params: unknown[] = [limit];
  const param = (value: unknown): string => `$${params.push(value)}`;
  // `offset 0` keeps the planner from reading all products in the order of their IDs to find the few that are due.
  const source = dueBy
    ? `(select * from catalog.products where due_at <= ${param(dueBy)} offset 0) as p`
    : 'catalog.products as p';
  const conditions = ['true', ...staffConditions(filter, param)];
  const filed = categoryId === undefined ? '' : 'join catalog.product_lists as c using (product_id)';
  if (categoryId !== undefined) conditions.push(`c.list_id = ${param(categoryId)}::uuid`);
  if (priceList !== undefined)
    conditions.push(
      `product_id in (select product_id from catalog.variants where list_prices @> ${param(JSON.stringify([{ code: priceList }]))}::jsonb)`,
    );
  if (isUnfiled) conditions.push('p.category_id is null');
  if (after !== undefined) conditions.push(`product_id > ${param(after)}::uuid`);
  const text = `select product_id from ${source} ${filed} where ${conditions.join(' and ')} order by product_id limit $1`;
  return { text, params };
};

/** What an offer is made of, which depends on the time. */
interface OfferedVariant {
  readonly offer: Omit<Offer, 'prices'>;
  readonly priced: Priced;
  readonly publishing: Publishing;
}

const VARIANTS: Kind<OfferedVariant> = { kind: 'offered variants' };

const readVariants = async (
  sql: Sql,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, OfferedVariant>> => {
  const rows = await sql.query<VariantRow>(
    `select product_id, variant_id, sku, variants.name, variants.image, price, variants.currency, list_prices,
       publish_at, unpublish_at
     from catalog.variants join catalog.products using (product_id)
     where variant_id = any($1::uuid[]) and stage in ('scheduled', 'published')`,
    [variantIds],
  );
  return new Map(rows.map((row) => [row.variant_id, toOffered(row)]));
};

const toOffered = (row: VariantRow): OfferedVariant => ({
  offer: {
    productId: row.product_id,
    variantId: row.variant_id,
    sku: row.sku,
    name: row.name,
    image: row.image ?? undefined,
  },
  priced: { price: { minor: row.price, currency: row.currency }, listPrices: row.list_prices ?? [] },
  publishing: {
    ...PUBLISHED,
    ...(row.publish_at && { publishAt: row.publish_at }),
    ...(row.unpublish_at && { unpublishAt: row.unpublish_at }),
  },
});

interface VariantRow {
  readonly product_id: string;
  readonly variant_id: string;
  readonly sku: string;
  readonly name: string;
  readonly image: string | null;
  readonly price: number;
  readonly currency: string;
  /** Null if the previous release wrote the row. */
  readonly list_prices: readonly ListPrice[] | null;
  readonly publish_at: Date | null;
  readonly unpublish_at: Date | null;
}
