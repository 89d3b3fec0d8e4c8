import { randomUUID } from 'node:crypto';
import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import type { LakeRow } from '../../core/domain/lake-row.ts';
import type { LakeQueue, LakeRows } from '../../core/ports/lake.ts';

interface Waiting {
  readonly id: string;
  readonly row: LakeRow;
  readonly batchId?: string;
}

const waitingIn = (tables: MemoryTables) => tables.table<Waiting>('lake rows');

export const memoryLakeRows = (tx: MemoryTransaction): LakeRows => ({
  add: async (rows) => {
    for (const row of rows) {
      const id = randomUUID();
      waitingIn(tx).put(id, { id, row });
    }
    await Promise.resolve();
  },
});

export const memoryLakeQueue = (database: MemoryDatabase): LakeQueue => ({
  begin: (limit) =>
    database.transaction((tx) => {
      const waiting = waitingIn(tx);
      const begun = waiting.find(({ batchId }) => batchId !== undefined)[0]?.batchId;
      const batchId = begun ?? randomUUID();
      if (begun === undefined)
        for (const one of waiting.find().slice(0, limit)) waiting.put(one.id, { ...one, batchId });
      const rows = waiting.find((one) => one.batchId === batchId).map(({ row }) => row);
      return Promise.resolve(rows.length === 0 ? undefined : { batchId, rows });
    }),
  end: (batchId) =>
    database.transaction(async (tx) => {
      const waiting = waitingIn(tx);
      for (const { id } of waiting.find((one) => one.batchId === batchId)) waiting.delete(id);
      await Promise.resolve();
    }),
});
