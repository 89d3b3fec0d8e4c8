import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { decodeCursor, encodeCursor } from '#adapters/pagination/cursor.ts';
import { ok, refuse } from '#kernel/result.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { OrderEvent } from '../../core/domain/events.ts';
import type { Order, Status } from '../../core/domain/order.ts';
import type { OrderQueries } from '../../core/ports/order-queries.ts';
import type { OrderRepository, VersionedOrder } from '../../core/ports/order-tx.ts';
import { tell } from '../tell.ts';

const historiesOf = (tables: MemoryTables) => tables.table<OrderEvent[]>('events');
const cartsOf = (tables: MemoryTables) => tables.table<string>('carts');

const cartKey = (cartId: string, cartVersion: number): string => `${cartId} ${cartVersion}`;

export const memoryOrderRepository = (
  tx: MemoryTransaction,
  onChange: (orders: readonly VersionedOrder[]) => void,
): OrderRepository => ({
  load: (orderIds) => {
    const orders = new Map<string, VersionedOrder>();
    for (const orderId of orderIds) {
      const told = tell(historiesOf(tx).get(orderId) ?? []);
      if (told) orders.set(orderId, told);
    }
    return Promise.resolve(orders);
  },
  at: (orderId, version) => {
    const history = historiesOf(tx).get(orderId) ?? [];
    return Promise.resolve(history.length < version ? undefined : tell(history.slice(0, version)));
  },
  ofCart: (cartId, cartVersion) => Promise.resolve(cartsOf(tx).get(cartKey(cartId, cartVersion))),
  append: ({ version, events, order }) => {
    const { orderId, cartId, cartVersion } = order;
    const history = historiesOf(tx).get(orderId) ?? [];
    if (history.length !== version) throw new VersionConflict('order');
    historiesOf(tx).put(orderId, [...history, ...events]);
    if (version === 0) {
      if (cartsOf(tx).get(cartKey(cartId, cartVersion)) !== undefined) throw new VersionConflict('cart');
      cartsOf(tx).put(cartKey(cartId, cartVersion), orderId);
    }
    tx.onCommit(() => {
      onChange([{ order, version: version + events.length }]);
    });
  },
});

const newestFirst = (a: Order, b: Order): number =>
  a.placedAt === b.placedAt ? (a.orderId < b.orderId ? 1 : -1) : a.placedAt < b.placedAt ? 1 : -1;

export const memoryOrderQueries = ({ committed }: MemoryDatabase): OrderQueries => {
  const all = (): Order[] =>
    historiesOf(committed)
      .find()
      .flatMap((history) => tell(history)?.order ?? []);
  return {
    find: (orderId) => Promise.resolve(tell(historiesOf(committed).get(orderId) ?? [])),
    page: ({ userId, status, limit, cursor }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, 'orders', 'time');
      if (cursor !== undefined && !after)
        return Promise.resolve(refuse('INVALID_CURSOR', 'The cursor was not issued for this list.'));
      const isAfter = (order: Order): boolean =>
        after === undefined ||
        order.placedAt < after.value ||
        (order.placedAt === after.value && order.orderId < after.id);
      const found = all()
        .filter((order) => userId === undefined || order.customer.userId === userId)
        .filter((order) => status === undefined || order.status === status)
        .filter(isAfter)
        .sort(newestFirst);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return Promise.resolve(
        ok({ items, next: last && encodeCursor({ list: 'orders', value: last.placedAt, id: last.orderId }) }),
      );
    },
    counts: () => {
      const counts = new Map<Status, number>();
      for (const { status } of all()) counts.set(status, (counts.get(status) ?? 0) + 1);
      return Promise.resolve(counts);
    },
  };
};
