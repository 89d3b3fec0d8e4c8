import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { ok } from '#kernel/result.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { replay } from '../../core/domain/evolve.ts';
import type { OrderEvent } from '../../core/domain/events.ts';
import { dayIn, NOTHING, type DaySums, type Period, type Sums } from '../../core/domain/figures.ts';
import { isListed, SORTS } from '../../core/domain/listing.ts';
import { readOrderNumber } from '../../core/domain/order-number.ts';
import type { Order } from '../../core/domain/order.ts';
import { CANCELLED } from '../../core/domain/refunds.ts';
import type { OrderQueries } from '../../core/ports/order-queries.ts';
import type { OrderRepository, VersionedOrder } from '../../core/ports/order-tx.ts';
import { filesOf } from './staff-files.memory.ts';

export const historiesOf = (tables: MemoryTables) => tables.table<OrderEvent[]>('events');
export const cartsOf = (tables: MemoryTables) => tables.table<string>('carts');
export const numbersOf = (tables: MemoryTables) => tables.table<string>('numbers');

/** The user whose order it is. */
export const ownerOf = (tables: MemoryTables, orderId: string): string | undefined =>
  replay(historiesOf(tables).get(orderId) ?? [])?.state.customer.userId;

export const cartKey = (cartId: string, cartVersion: number): string => `${cartId} ${cartVersion}`;

export const memoryOrderRepository = (
  tx: MemoryTransaction,
  onChange: (orders: readonly VersionedOrder[]) => void,
): OrderRepository => ({
  find: (orderIds) => {
    const found = orderIds.map((orderId) => [orderId, replay(historiesOf(tx).get(orderId) ?? [])] as const);
    return Promise.resolve(
      new Map(found.filter((pair): pair is [string, VersionedOrder] => pair[1] !== undefined)),
    );
  },
  at: (orderId, version) => {
    const history = historiesOf(tx).get(orderId) ?? [];
    return Promise.resolve(history.length < version ? undefined : replay(history.slice(0, version)));
  },
  ofGuest: (email, limit) =>
    Promise.resolve(
      historiesOf(tx)
        .find()
        .flatMap((history) => replay(history)?.state ?? [])
        .filter(({ customer }) => customer.userId === undefined && customer.email === email)
        .sort(newestFirst)
        .reverse()
        .slice(0, limit)
        .map(({ orderId }) => orderId),
    ),
  ofCart: (cartId, cartVersion) => Promise.resolve(cartsOf(tx).get(cartKey(cartId, cartVersion))),
  relist: () => Promise.resolve(0),
  save: async (...changes) => {
    for (const { id, state, version, events } of changes) {
      const history = historiesOf(tx).get(id) ?? [];
      if (history.length !== version - events.length) throw new VersionConflict('events');
      historiesOf(tx).put(id, [...history, ...events]);
      if (history.length > 0) continue;
      const cart = cartKey(state.cartId, state.cartVersion);
      if (cartsOf(tx).get(cart) !== undefined) throw new VersionConflict('cart');
      cartsOf(tx).put(cart, id);
      if (numbersOf(tx).get(state.number) !== undefined) throw new VersionConflict('number');
      numbersOf(tx).put(state.number, id);
    }
    tx.onCommit(() => {
      onChange(changes);
    });
    await Promise.resolve();
  },
});

const newestFirst = (a: Order, b: Order): number =>
  a.placedAt === b.placedAt ? (a.orderId < b.orderId ? 1 : -1) : a.placedAt < b.placedAt ? 1 : -1;

type Ranked = Pick<Position, 'value' | 'id'>;

const compare = (a: Ranked, b: Ranked): number =>
  a.value === b.value ? (a.id < b.id ? -1 : Number(a.id > b.id)) : a.value < b.value ? -1 : 1;

export const memoryOrderQueries = ({ committed }: MemoryDatabase): OrderQueries => {
  const all = (): Order[] =>
    historiesOf(committed)
      .find()
      .flatMap((history) => replay(history)?.state ?? []);
  return {
    find: (orderId) => Promise.resolve(replay(historiesOf(committed).get(orderId) ?? [])),
    history: (orderId) => Promise.resolve(historiesOf(committed).get(orderId) ?? []),
    ofCustomer: (reference, email) => {
      const id = numbersOf(committed).get(readOrderNumber(reference) ?? '') ?? reference;
      const order = replay(historiesOf(committed).get(id) ?? [])?.state;
      return Promise.resolve(order?.customer.email.toLowerCase() === email ? order : undefined);
    },
    page: async ({ userId, status, limit, cursor }) => {
      const position = positionOf({ cursor }, 'orders', 'time');
      if (!position.ok) return position;
      const after = position.value;
      const isAfter = (order: Order): boolean =>
        after === undefined ||
        order.placedAt < after.value ||
        (order.placedAt === after.value && order.orderId < after.id);
      const found = all()
        .filter((order) => userId === undefined || order.customer.userId === userId)
        .filter((order) => status === undefined || order.status === status)
        .filter(isAfter)
        .sort(newestFirst);
      return Promise.resolve(
        pageOf(found, limit, ({ placedAt, orderId }) => ({ list: 'orders', value: placedAt, id: orderId })),
      );
    },
    search: async ({ filters, sort, limit, cursor }) => {
      const { by, isAscending, valueOf } = SORTS[sort];
      const list = `orders by ${sort}`;
      const position = positionOf({ cursor }, list, by);
      if (!position.ok) return position;
      const end = position.value;
      const found = all()
        .filter((order) =>
          filters.every((filter) => isListed(order, filter, filesOf(committed).get(order.orderId))),
        )
        .map((order) => ({ list, value: valueOf(order), id: order.orderId, order }))
        .sort((a, b) => compare(a, b) * (isAscending ? 1 : -1))
        .filter((one) => end === undefined || compare(one, end) * (isAscending ? 1 : -1) > 0);
      const page = pageOf(found, limit, ({ list, value, id }) => ({ list, value, id }));
      return Promise.resolve(
        page.ok ? ok({ ...page.value, items: page.value.items.map(({ order }) => order) }) : page,
      );
    },
    countUpTo: (atMost, filter) =>
      Promise.resolve(
        Math.min(
          atMost,
          all().filter((order) => isListed(order, filter, filesOf(committed).get(order.orderId))).length,
        ),
      ),
    figures: (period) =>
      Promise.resolve(
        historiesOf(committed)
          .find()
          .flatMap((history) => sumsOf(history, period)),
      ),
    oldest: (status) => {
      const [oldest] = all()
        .filter((order) => order.status === status)
        .map(({ placedAt }) => placedAt)
        .toSorted();
      return Promise.resolve(oldest === undefined ? undefined : new Date(oldest));
    },
  };
};

/** What an order adds to the figures of the days of a period. */
const sumsOf = (history: readonly OrderEvent[], period: Period): readonly DaySums[] => {
  const order = replay(history)?.state;
  if (!order) return [];
  const { currency, status, placedAt, totalMinor, exchangeFor } = order;
  const on = (moment: string, sums: Partial<Sums>): readonly DaySums[] => {
    const day = dayIn(period, moment);
    return day === undefined ? [] : [{ ...NOTHING, ...sums, day, currency }];
  };
  return [
    ...(status === 'cancelled' || totalMinor === 0
      ? []
      : on(placedAt, { orders: exchangeFor ? 0 : 1, grossMinor: totalMinor })),
    ...history.flatMap((event) =>
      event.type === 'refunded' && event.reason !== CANCELLED
        ? on(event.at, { refundedMinor: event.amountMinor })
        : [],
    ),
  ];
};
