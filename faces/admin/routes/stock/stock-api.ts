import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, auditReason, dataOf, ShopError, type Schemas } from '../../api.ts';

export type StockItem = Schemas['StockItem'];

const PAGE = 100;

/** All that the sheet knows of the API is here. */
export const stockQuery = (isLow: boolean) =>
  infiniteQueryOptions({
    queryKey: ['stock', isLow ? 'low' : 'all'],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/inventory/stock', {
          params: {
            query: { limit: PAGE, low: isLow, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next,
    staleTime: 30_000,
  });

/** What is to become of a variant's stock. */
export interface StockChange {
  readonly item: StockItem;
  /** Units on hand. */
  readonly count?: number;
  readonly threshold?: number;
  /** Of this change, so that it has effect once. */
  readonly key: string;
}

export type Stored = 'count' | 'threshold';

export interface StockOutcome {
  readonly change: StockChange;
  readonly stored: readonly Stored[];
  readonly failed?: { readonly part: Stored; readonly error: unknown };
}

const store = async (change: StockChange, reason: string): Promise<StockOutcome> => {
  const { item, count, threshold, key } = change;
  const path = { variant_id: item.variant_id };
  const stored: Stored[] = [];
  let part: Stored = 'count';
  try {
    // By the difference: units that orders took meanwhile stay taken.
    if (count !== undefined && count !== item.stock_count) {
      await api.POST('/api/v1/inventory/variants/{variant_id}/adjustments', {
        params: { path, header: { 'Idempotency-Key': key, ...auditReason(reason) } },
        body: { delta: count - item.stock_count, reason },
      });
      stored.push(part);
    }
    part = 'threshold';
    if (threshold !== undefined && threshold !== item.low_stock_threshold) {
      await api.PUT('/api/v1/inventory/variants/{variant_id}/threshold', {
        params: { path, header: auditReason(reason) },
        body: { low_stock_threshold: threshold },
      });
      stored.push(part);
    }
    return { change, stored };
  } catch (error) {
    return { change, stored, failed: { part, error } };
  }
};

const AT_ONCE = 4;
const UNTOLD_MS = 2_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits as long as the shop says where there were too many requests, then goes on. */
const storePatiently = async (change: StockChange, reason: string): Promise<StockOutcome> => {
  const outcome = await store(change, reason);
  const error = outcome.failed?.error;
  if (!(error instanceof ShopError && error.status === 429)) return outcome;
  await pause(error.retryAfterMs ?? UNTOLD_MS);
  const again = await store(change, reason);
  return { ...again, stored: [...new Set([...outcome.stored, ...again.stored])] };
};

/**
 * Stores all changes; each for itself, so that a refused one does not hold up the others.
 * @param onDone how many are done
 */
export const storeStock = async (
  changes: readonly StockChange[],
  reason: string,
  onDone: (count: number) => void,
): Promise<readonly StockOutcome[]> => {
  const queue = [...changes];
  const outcomes: StockOutcome[] = [];
  const work = async (): Promise<void> => {
    for (let change = queue.shift(); change; change = queue.shift()) {
      outcomes.push(await storePatiently(change, reason));
      onDone(outcomes.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
};
