import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { PersonErasure } from '../../core/domain/erasure.ts';
import type { ErasureQueries } from '../../core/ports/user-queries.ts';
import type { ErasureRepository } from '../../core/ports/user-tx.ts';
import { erasuresPage, followsIn } from '../erasure-pages.ts';

const erasuresOf = (tables: MemoryTables) => tables.table<PersonErasure>('erasures');

export const memoryErasures = (tx: MemoryTransaction): ErasureRepository => ({
  find: (erasureId) => Promise.resolve(erasuresOf(tx).get(erasureId)),
  ofUser: (userId) => Promise.resolve(erasuresOf(tx).find((one) => one.userId === userId)[0]),
  save: async (erasure) => {
    const before = erasuresOf(tx).get(erasure.erasureId)?.version ?? 0;
    if (before !== erasure.version - 1) throw new VersionConflict('erasure');
    erasuresOf(tx).put(erasure.erasureId, erasure);
    await Promise.resolve();
  },
  forgetBefore: async (since) => {
    const past = erasuresOf(tx).find(({ completedAt }) => completedAt !== undefined && completedAt < since);
    for (const { erasureId } of past) erasuresOf(tx).delete(erasureId);
    await Promise.resolve();
  },
});

export const memoryErasureQueries = ({ committed }: MemoryDatabase): ErasureQueries => ({
  find: (erasureId) => Promise.resolve(erasuresOf(committed).get(erasureId)),
  page: (request) => {
    const follows = followsIn(request);
    if (!follows.ok) return Promise.resolve(follows);
    const { isComplete, limit } = request;
    const found = erasuresOf(committed)
      .find(({ completedAt }) => isComplete === undefined || isComplete === (completedAt !== undefined))
      .filter(({ erasureId }) => follows.value === undefined || erasureId < follows.value)
      .sort((a, b) => (a.erasureId < b.erasureId ? 1 : -1));
    return Promise.resolve(erasuresPage(found, limit));
  },
  oldestOpen: () => {
    const open = erasuresOf(committed).find(({ completedAt }) => completedAt === undefined);
    return Promise.resolve(
      open.map(({ requestedAt }) => requestedAt).sort((a, b) => Number(a) - Number(b))[0],
    );
  },
});
