import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { queryFor } from '#adapters/postgres/words.ts';
import type { Stage } from '../../core/domain/lifecycle.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { termsWanted } from '../../core/domain/terms.ts';
import type { StaffFilter } from '../../core/ports/staff-filter.ts';
import type { StaffPageRequest, StaffQueries, StaffSort } from '../../core/ports/staff-queries.ts';
import { STAFF_SORTS, staffList } from '../staff-sorts.ts';
import { readFiltered } from './filtered.ts';

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
          `product_id in (select product_id from catalog.product_lists where list_id = ${param(categoryId)}::uuid)`,
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

/** The part of a filter that the index of the sort order has. */
const rangeOf = ({ sort, stages, updatedSince }: StaffPageRequest): StaffFilter =>
  sort === 'updated'
    ? { ...(stages?.length === 1 && { stages }), ...(updatedSince && { updatedSince }) }
    : {};

const without = (filter: StaffFilter, part: StaffFilter): StaffFilter => ({
  ...filter,
  ...(part.stages && { stages: undefined }),
  ...(part.updatedSince && { updatedSince: undefined }),
});

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
    const params: unknown[] = [];
    const param = (value: unknown): string => `$${params.push(value)}`;
    const direction = isDescending ? 'desc' : 'asc';
    const inIndex = rangeOf(request);
    const range = staffConditions(inIndex, param);
    if (after.value)
      range.push(
        `(s.${column}, s.product_id) ${isDescending ? '<' : '>'} (${param(after.value.value)}::${type}, ${param(after.value.id)}::uuid)`,
      );
    const rows = await readFiltered<Row>(sql, {
      table: 'catalog.products',
      join: '',
      columns: `document, ${column} as value`,
      range,
      filters: staffConditions(without(request, inIndex), param),
      column,
      direction,
      limit: limit + 1,
      params,
    });
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
