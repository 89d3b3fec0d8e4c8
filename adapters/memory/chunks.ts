import type { Chunk, Chunks } from '#kernel/chunks.ts';
import type { MemoryDatabase } from './memory-database.ts';

interface Row extends Chunk {
  readonly owner: string;
  readonly kind: string;
}

const keyOf = (owner: string, kind: string, number: number): string => `${owner} ${kind} ${number}`;

export const memoryChunks = (database: MemoryDatabase): Chunks => ({
  put: (owner, kind, number, bytes) =>
    database.transaction(async (tx) => {
      tx.table<Row>('chunks').put(keyOf(owner, kind, number), { owner, kind, number, bytes });
      await Promise.resolve();
    }),
  after: (owner, kind, after, limit) => {
    const found: Row[] = database.committed
      .table<Row>('chunks')
      .find((row) => row.owner === owner && row.kind === kind && row.number > after);
    return Promise.resolve(found.sort((a, b) => a.number - b.number).slice(0, limit));
  },
  remove: (owner, kind, from = 0) =>
    database.transaction(async (tx) => {
      const table = tx.table<Row>('chunks');
      const isMeant = (row: Row): boolean =>
        row.owner === owner && (kind === undefined || row.kind === kind) && row.number >= from;
      for (const row of table.find(isMeant)) table.delete(keyOf(owner, row.kind, row.number));
      await Promise.resolve();
    }),
});
