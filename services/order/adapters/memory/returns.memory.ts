import type { MemoryDatabase, MemoryTables } from '#adapters/memory/memory-database.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { requestedAt, type Return } from '../../core/domain/returns/return.ts';
import type { ReturnQueries, ReturnRepository, VersionedReturn } from '../../core/ports/returns.ts';
import { ownerOf } from './orders.memory.ts';

export const returnsOf = (tables: MemoryTables) => tables.table<VersionedReturn>('returns');

const oldestFirst = (a: Return, b: Return): number => {
  const [first, second] = [a, b].map((one) => `${requestedAt(one)} ${one.returnId}`) as [string, string];
  return first < second ? -1 : Number(first > second);
};

export const memoryReturns = (tables: MemoryTables): ReturnRepository => ({
  find: (returnIds) =>
    Promise.resolve(
      new Map(
        returnIds.flatMap((returnId) => {
          const found = returnsOf(tables).get(returnId);
          return found ? [[returnId, found] as const] : [];
        }),
      ),
    ),
  ofOrders: (orderIds) =>
    Promise.resolve(
      returnsOf(tables)
        .find(({ state }) => orderIds.includes(state.orderId))
        .sort((a, b) => oldestFirst(a.state, b.state)),
    ),
  save: async (...changes) => {
    for (const { id, state, version, events } of changes) {
      if ((returnsOf(tables).get(id)?.version ?? 0) !== version - events.length)
        throw new VersionConflict('returns');
      returnsOf(tables).put(id, { state, version });
    }
    await Promise.resolve();
  },
});

export const memoryReturnQueries = ({ committed }: MemoryDatabase): ReturnQueries => {
  const all = (): Return[] =>
    returnsOf(committed)
      .find()
      .map(({ state }) => state)
      .sort(oldestFirst);
  return {
    find: (returnId) => Promise.resolve(returnsOf(committed).get(returnId)?.state),
    ofOrder: (orderId) => Promise.resolve(all().filter((one) => one.orderId === orderId)),
    page: async ({ states, userId, sort, limit, cursor }) => {
      const list = `returns by ${sort}`;
      const position = positionOf({ cursor }, list, 'time');
      if (!position.ok) return position;
      const end = position.value;
      const isAfter = (one: Return): boolean => {
        if (end === undefined) return true;
        const [here, there] = [`${requestedAt(one)} ${one.returnId}`, `${end.value} ${end.id}`];
        return sort === 'newest' ? here < there : here > there;
      };
      const found = all()
        .filter(({ state }) => states === undefined || states.includes(state))
        .filter(({ orderId }) => userId === undefined || ownerOf(committed, orderId) === userId)
        .filter(isAfter);
      if (sort === 'newest') found.reverse();
      return Promise.resolve(
        pageOf(found, limit, (one) => ({ list, value: requestedAt(one), id: one.returnId })),
      );
    },
    countUpTo: (atMost, wanted) =>
      Promise.resolve(Math.min(atMost, all().filter(({ state }) => state === wanted).length)),
  };
};
