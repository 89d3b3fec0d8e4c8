import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Row } from '#adapters/postgres/columns.ts';
import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { queryFor } from '#adapters/postgres/words.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import { wordsWanted } from '#kernel/words.ts';
import type { LabelFilter } from '../../core/domain/label.ts';
import { itemOf, type StockItem } from '../../core/domain/stock.ts';
import {
  LISTS,
  type LogFilter,
  type LoggedAdjustment,
  type StockQueries,
} from '../../core/ports/stock-queries.ts';
import { adjustments } from './records.postgres.ts';
import { SHELVES, VARIANTS } from './stock-repository.postgres.ts';
import { labelTable, shelfTable, STOCK_COLUMNS, toStockItem, variantTable } from './stock-tables.ts';

/** Items from the memory of the process, which has most of those that are asked for often. */
const recall = async (sql: Sql, recent: Recent, variantIds: readonly string[]): Promise<StockItem[]> => {
  const variants = await recent.through(VARIANTS, variantIds, (ids) => variantTable.find(sql, ids));
  const skus = [...new Set([...variants.values()].map(({ sku }) => sku))];
  const shelves = await recent.through(SHELVES, skus, (unknown) => shelfTable.find(sql, unknown));
  return [...variants.values()].flatMap((variant) => {
    const shelf = shelves.get(variant.sku);
    return shelf ? [itemOf(shelf, variant)] : [];
  });
};

/** @param recent absent where another process may change stock */
export const postgresStockQueries = (sql: Sql, recent?: Recent): StockQueries => ({
  ofProduct: async (productId) => {
    const rows = await sql.query<Row>(
      `select ${STOCK_COLUMNS} from inventory.stock s join inventory.variants v using (sku)
       where v.product_id = $1 order by s.sku, v.variant_id`,
      [productId],
    );
    return rows.map(toStockItem);
  },
  ofVariants: async (variantIds) => {
    if (recent) return recall(sql, recent, variantIds);
    const rows = await sql.query<Row>(
      `select ${STOCK_COLUMNS} from inventory.stock s join inventory.variants v using (sku)
       where v.variant_id = any($1::uuid[])`,
      [variantIds],
    );
    return rows.map(toStockItem);
  },
  page: async (request) => {
    const list = LISTS.stock(request.low);
    const after = positionOf(request, list, 'text');
    if (!after.ok) return after;
    const { param, params } = parameters();
    const labelled = labelConditions(request, param);
    const conditions = [
      ...(after.value ? [`s.sku > ${param(after.value.value)}`] : []),
      ...(request.low
        ? ['not v.withdrawn and s.stock_count - s.reserved_count <= s.low_stock_threshold']
        : []),
      // The first finds rows by the indexes of labels, the second leaves those that the SKU shows now.
      ...(labelled.length > 0
        ? [
            `s.sku in (select l.sku from inventory.labels l ${whereAll(labelled)})`,
            `exists (select 1 from inventory.labels l ${whereAll(['l.variant_id = v.variant_id', ...labelled])})`,
          ]
        : []),
    ];
    const rows = await sql.query<Row>(
      `select ${STOCK_COLUMNS} from inventory.stock s cross join lateral (
         select * from inventory.variants where sku = s.sku order by withdrawn, variant_id desc limit 1) v
       ${whereAll(conditions)} order by s.sku limit ${param(request.limit + 1)}`,
      params,
    );
    const items = rows.map(toStockItem);
    const labels = await labelTable.find(
      sql,
      items.map(({ variantId }) => variantId),
    );
    return pageOf(
      items.map((item) => ({ ...item, label: labels.get(item.variantId) })),
      request.limit,
      ({ sku, variantId }) => ({ list, value: sku, id: variantId }),
    );
  },
  adjustment: async (adjustmentId) => {
    const [found] = await logged(sql, 'where a.adjustment_id = $1', [adjustmentId]);
    return found;
  },
  adjustments: (variantId, request) =>
    logPage(sql, LISTS.adjustments(variantId), request, (param) => [
      `a.variant_id in (select variant_id from inventory.variants
                        where sku = (select sku from inventory.variants where variant_id = ${param(variantId)}))`,
    ]),
  log: (request) => logPage(sql, LISTS.log, request, (param) => logConditions(request, param)),
  reservations: async (variantId, request) => {
    const list = LISTS.reservations(variantId);
    const after = positionOf(request, list, 'number');
    if (!after.ok) return after;
    const { param, params } = parameters();
    const conditions = [
      "status = 'reserved'",
      "jsonb_path_query_array(lines, '$[*].variantId') @> to_jsonb(same.id)",
      ...(after.value
        ? [`(order_id, attempt) < (${param(after.value.id)}::uuid, ${param(after.value.value)}::integer)`]
        : []),
    ];
    const found = await sql.query<OpenReservationRow>(
      `select r.order_id, r.attempt, sum((line ->> 'quantity')::bigint)::bigint as quantity
       from (select variant_id::text as id from inventory.variants
             where sku = (select sku from inventory.variants where variant_id = ${param(variantId)})) same
         cross join lateral (select order_id, attempt, lines from inventory.reservations ${whereAll(conditions)}) r
         cross join lateral jsonb_array_elements(r.lines) as line
       where line ->> 'variantId' = same.id
       group by r.order_id, r.attempt order by r.order_id desc, r.attempt desc limit ${param(request.limit + 1)}`,
      params,
    );
    return pageOf(
      found.map(({ order_id: orderId, attempt, quantity }) => ({ orderId, attempt, quantity })),
      request.limit,
      ({ orderId, attempt }) => ({ list, value: attempt, id: orderId }),
    );
  },
});

interface OpenReservationRow {
  readonly order_id: string;
  readonly attempt: number;
  readonly quantity: number;
}

/** Adds a parameter to a statement, and returns its name. */
type Param = (value: unknown) => string;

const parameters = (): { readonly param: Param; readonly params: readonly unknown[] } => {
  const params: unknown[] = [];
  return { param: (value) => `$${params.push(value)}`, params };
};

const whereAll = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;

/** On labels, as `l`. */
const labelConditions = ({ q = '', categoryId }: LabelFilter, param: Param): readonly string[] => {
  const words = wordsWanted(q);
  return [
    ...(words.length === 0 ? [] : [`l.terms @@ ${param(queryFor(words))}::tsquery`]),
    ...(categoryId === undefined ? [] : [`l.category_ids @> to_jsonb(${param(categoryId)}::text)`]),
  ];
};

/** On adjustments, as `a`. */
const logConditions = (
  { sku, kind, reason, adjustedBy, from, to }: LogFilter,
  param: Param,
): readonly string[] => [
  ...(sku === undefined
    ? []
    : [`a.variant_id in (select variant_id from inventory.variants where sku = ${param(sku)})`]),
  ...(kind === undefined ? [] : [`a.order_id is ${kind === 'return' ? 'not null' : 'null'}`]),
  ...(reason === undefined ? [] : [`a.reason = ${param(reason)}`]),
  ...(adjustedBy === undefined ? [] : [`a.adjusted_by = ${param(adjustedBy)}`]),
  ...(from ? [`a.adjusted_at >= ${param(from)}`] : []),
  ...(to ? [`a.adjusted_at < ${param(to)}`] : []),
];

const logged = async (sql: Sql, clauses: string, params: readonly unknown[]): Promise<LoggedAdjustment[]> => {
  const rows = await sql.query<Row & { readonly sku: string; readonly name: string | null }>(
    `select ${adjustments.columns('a')}, v.sku, l.name from inventory.adjustments a
       join inventory.variants v using (variant_id) left join inventory.labels l using (variant_id) ${clauses}`,
    params,
  );
  return rows.map((row) => ({ ...adjustments.of(row), sku: row.sku, name: row.name ?? undefined }));
};

/** The newest first. */
const logPage = async (
  sql: Sql,
  list: string,
  request: PageRequest,
  conditionsOf: (param: Param) => readonly string[],
): Promise<PageResult<LoggedAdjustment>> => {
  const after = positionOf(request, list, 'time');
  if (!after.ok) return after;
  const { param, params } = parameters();
  const conditions = [
    ...conditionsOf(param),
    ...(after.value
      ? [
          `(a.adjusted_at, a.adjustment_id) < (${param(after.value.value)}::timestamptz, ${param(after.value.id)}::uuid)`,
        ]
      : []),
  ];
  const order = `order by a.adjusted_at desc, a.adjustment_id desc limit ${param(request.limit + 1)}`;
  const rows = await logged(sql, `${whereAll(conditions)} ${order}`, params);
  return pageOf(rows, request.limit, ({ adjustedAt, adjustmentId }) => ({
    list,
    value: adjustedAt.toISOString(),
    id: adjustmentId,
  }));
};
