import { after, type Clock } from '#kernel/clock.ts';
import { BOOKKEEPING_MS, type KeptRecords, type PersonalData } from '#kernel/personal-data.ts';
import { isFinal } from '../domain/order-state.ts';
import type { Order } from '../domain/order.ts';
import type { OrderArchive, OrderQueries } from '../ports/order-queries.ts';

const PAGE = 100;

const pageOf = async (queries: Pick<OrderQueries, 'page'>, userId: string, cursor: string | undefined) => {
  const page = await queries.page({ userId, limit: PAGE, cursor });
  if (!page.ok) throw new Error(page.error.detail);
  return page.value;
};

/** The payment token is worthless, and no one's but the gateway's. */
const shown = ({ paymentToken: _, ...order }: Order) => order;

const keptUntil = ({ placedAt }: Pick<Order, 'placedAt'>): Date => after(new Date(placedAt), BOOKKEEPING_MS);

/** Orders are invoices: all of them stay until `forgetOld` deletes them. */
export const makePersonalData = (queries: Pick<OrderQueries, 'page'>): PersonalData => ({
  read: async ({ userId }, cursor) => {
    const { items, next } = await pageOf(queries, userId, cursor);
    return { items: items.map((order) => ({ kind: 'order', data: shown(order) })), next };
  },
  erase: async ({ userId }) => {
    const kept = new Map<KeptRecords['reason'], { count: number; until: string }>();
    for (let cursor: string | undefined; ;) {
      const { items, next } = await pageOf(queries, userId, cursor);
      for (const order of items) {
        const reason = isFinal(order) ? 'bookkeeping' : 'open_order';
        const until = keptUntil(order).toISOString();
        const before = kept.get(reason);
        kept.set(reason, {
          count: (before?.count ?? 0) + 1,
          until: before !== undefined && before.until > until ? before.until : until,
        });
      }
      if (next === undefined) break;
      cursor = next;
    }
    return {
      isDone: true,
      erased: [],
      kept: [...kept].map(([reason, some]) => ({ kind: 'orders', reason, ...some })),
    };
  },
});

/** Deletes orders that have ended and are too old for bookkeeping. */
export const makeForgetOld = (archive: OrderArchive, clock: Clock) => (): Promise<void> =>
  archive.forgetBefore(after(clock.now(), -BOOKKEEPING_MS));
