import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type { Stage } from '../../core/domain/lifecycle.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { termsWanted } from '../../core/domain/terms.ts';
import type { StaffFilter } from '../../core/ports/staff-filter.ts';
import type { StaffQueries, StaffSort } from '../../core/ports/staff-queries.ts';
import { STAFF_SORTS, staffList } from '../staff-sorts.ts';
import { queryFor } from './terms.ts';

/** The column of each sort order, and its type in a comparison. */
const COLUMNS: Readonly<Record<StaffSort, readonly [column: string, type: string]>> = {
  updated: ['updated_at', 'timestamptz'],
  newest: ['created_at', 'timestamptz'],
  name: ['name collate "C"', 'text'],
  price_asc: ['price_from', 'bigint'],
  price_desc: ['price_from', 'bigint'],
};

/**
 * The conditions of a filter on `catalog.products`.
 * @param param adds a parameter to the statement, and returns its name
 */
export const staffConditions = (filter: StaffFilter, param: (value: unknown) => string): string[] => {
  const { stages, updatedSince, categoryId, tag } = filter;
  const terms = termsWanted(filter);
  return [
    ...(stages ? [inStages(stages, param)] : []),
    ...(updatedSince ? [`updated_at >= ${param(updatedSince)}`] : []),
    ...(categoryId === undefined
      ? []
      : [
          `product_id in (select product_id from catalog.product_categories where category_id = ${param(categoryId)}::uuid)`,
        ]),
    ...(['category', 'subcategory', 'brand'] as const).flatMap((column) =>
      filter[column] === undefined ? [] : [`${column} = ${param(filter[column])}`],
    ),
    ...(tag === undefined ? [] : [`tags @> array[${param(tag)}]::text[]`]),
    ...(terms.length === 0 ? [] : [`terms @@ ${param(queryFor(terms))}::tsquery`]),
  ];
};

/** A single stage is compared by itself, so that `products_stage` gives the order of the last changes. */
const inStages = (stages: readonly Stage[], param: (value: unknown) => string): string =>
  stages.length === 1 ? `stage = ${param(stages[0])}` : `stage = any(${param(stages)}::text[])`;

interface Row {
  readonly document: ProductDocument;
  /** By which the product is sorted: what earlier releases stored may not have it in the column yet. */
  readonly value: string | number | Date;
}

export const postgresStaffQueries = (sql: Sql): StaffQueries => ({
  find: async (productId) => {
    const [row] = await sql.query<Pick<Row, 'document'>>(
      'select document from catalog.products where product_id = $1',
      [productId],
    );
    return row && fromDocument(row.document);
  },
  page: async (request) => {
    const { sort, limit } = request;
    const [column, type] = COLUMNS[sort];
    const { by, isDescending } = STAFF_SORTS[sort];
    const after = positionOf(request, staffList(sort), by);
    if (!after.ok) return after;
    const params: unknown[] = [limit + 1];
    const param = (value: unknown): string => `$${params.push(value)}`;
    const conditions = ['true', ...staffConditions(request, param)];
    if (after.value)
      conditions.push(
        `(${column}, product_id) ${isDescending ? '<' : '>'} (${param(after.value.value)}::${type}, ${param(after.value.id)}::uuid)`,
      );
    const direction = isDescending ? 'desc' : 'asc';
    const rows = await sql.query<Row>(
      `select document, ${column} as value from catalog.products where ${conditions.join(' and ')}
       order by ${column} ${direction}, product_id ${direction} limit $1`,
      params,
    );
    const found = rows.map(({ document, value }) => ({ product: fromDocument(document), value }));
    const page = pageOf(found, limit, ({ product, value }) => ({
      list: staffList(sort),
      value: value instanceof Date ? value.toISOString() : value,
      id: product.productId,
    }));
    if (!page.ok) return page;
    const { items, next } = page.value;
    return { ok: true, value: { items: items.map(({ product }) => product), next } };
  },
});
