import { infiniteQueryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { api, auditReason, dataOf, type Schemas } from '../../api.ts';
import type { StockChange, StockItem, StockOutcome } from './stock-cells.ts';
import type { StockView } from './view.ts';

/** All that the sheet knows of the API is here. */

const PAGE = 100;

const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next_cursor: next }: { readonly next_cursor?: string }) => next,
};

const cursorOf = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

export const stockQuery = ({ low, q, category }: StockView) =>
  infiniteQueryOptions({
    queryKey: ['stock', 'rows', { low, q, category }],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/inventory/stock', {
          params: {
            query: {
              limit: PAGE,
              low: low === true,
              ...(q === undefined ? {} : { q }),
              ...(category === undefined ? {} : { category_id: category }),
              ...cursorOf(pageParam),
            },
          },
        }),
      ),
    ...pages,
    staleTime: 30_000,
  });

export const reservationsQuery = (variantId: string) =>
  infiniteQueryOptions({
    queryKey: ['stock', 'reservations', variantId],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/inventory/variants/{variant_id}/reservations', {
          params: { path: { variant_id: variantId }, query: cursorOf(pageParam) },
        }),
      ),
    ...pages,
  });

export const adjustmentsQuery = (variantId: string) =>
  infiniteQueryOptions({
    queryKey: ['stock', 'adjustments', variantId],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/inventory/variants/{variant_id}/adjustments', {
          params: { path: { variant_id: variantId }, query: cursorOf(pageParam) },
        }),
      ),
    ...pages,
  });

/** The most of one request. */
const MOST = 500;

const setCounts = (changes: readonly StockChange[], reason: string, key: string) =>
  dataOf(
    api.POST('/api/v1/inventory/adjustments', {
      params: { header: { 'Idempotency-Key': key, ...auditReason(reason) } },
      body: {
        reason,
        items: changes.map(({ sku, value, base }) => ({ sku, set: value, expected_count: base })),
      },
    }),
  );

const setThresholds = (changes: readonly StockChange[], reason: string) =>
  dataOf(
    api.PATCH('/api/v1/inventory/thresholds', {
      params: { header: auditReason(reason) },
      body: {
        items: changes.map(({ sku, value, base }) => ({
          sku,
          low_stock_threshold: value,
          expected_threshold: base,
        })),
      },
    }),
  );

/**
 * Stores all changes: a request for the counts and one for the thresholds, or more if there are very many.
 * @param keyOf the `Idempotency-Key` of a request, the same for the same changes, so that they have effect once
 */
export const storeStock = async (
  changes: readonly StockChange[],
  reason: string,
  keyOf: (content: string) => string,
): Promise<readonly StockOutcome[]> => {
  const outcomes: StockOutcome[] = [];
  const { count = [], threshold = [] } = Object.groupBy(changes, ({ column }) => column);
  for (const [some, send] of [
    ...chunksOf(count).map((chunk) => [chunk, setCounts] as const),
    ...chunksOf(threshold).map((chunk) => [chunk, setThresholds] as const),
  ])
    try {
      const { items } = await send(some, reason, keyOf(JSON.stringify([some, reason])));
      for (const [index, change] of some.entries()) {
        const result = items[index];
        if (result) outcomes.push({ change, result });
      }
    } catch (error) {
      outcomes.push(...some.map((change) => ({ change, error })));
    }
  return outcomes;
};

const chunksOf = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / MOST) }, (_, at) => all.slice(at * MOST, (at + 1) * MOST));

type Rows = InfiniteData<Schemas['StockPage'], string | undefined>;

/** Shows items as they are now, wherever they are listed. They have no name and no picture. */
export const showItems = (queries: QueryClient, items: readonly StockItem[]): void => {
  const bySku = new Map(items.map((item) => [item.sku, item]));
  queries.setQueriesData<Rows>(
    { queryKey: ['stock', 'rows'] },
    (rows) =>
      rows && {
        ...rows,
        pages: rows.pages.map((page) => ({
          ...page,
          items: page.items.map((item) => ({ ...item, ...bySku.get(item.sku) })),
        })),
      },
  );
};
