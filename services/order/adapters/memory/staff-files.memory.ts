import type { MemoryDatabase, MemoryTables } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { StaffFile } from '../../core/domain/staff-file.ts';
import type { StaffFileQueries, StaffFileRepository } from '../../core/ports/staff-files.ts';

export const filesOf = (tables: MemoryTables) => tables.table<StaffFile>('staff_files');

const readAll = (tables: MemoryTables, orderIds: readonly string[]): ReadonlyMap<string, StaffFile> =>
  new Map(
    orderIds.flatMap((orderId) => {
      const file = filesOf(tables).get(orderId);
      return file ? [[orderId, file] as const] : [];
    }),
  );

export const memoryStaffFiles = (tables: MemoryTables): StaffFileRepository => ({
  find: (orderId) => Promise.resolve(filesOf(tables).get(orderId)),
  findAll: (orderIds) => Promise.resolve(readAll(tables, orderIds)),
  save: async (file) => {
    if ((filesOf(tables).get(file.orderId)?.version ?? 0) !== file.version - 1)
      throw new VersionConflict('the staff file');
    filesOf(tables).put(file.orderId, file);
    await Promise.resolve();
  },
});

export const memoryStaffFileQueries = ({ committed }: MemoryDatabase): StaffFileQueries => ({
  of: (orderIds) => Promise.resolve(readAll(committed, orderIds)),
});
