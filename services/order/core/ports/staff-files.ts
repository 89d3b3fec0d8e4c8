import type { StaffFile } from '../domain/staff-file.ts';

export interface StaffFileRepository {
  find(orderId: string): Promise<StaffFile | undefined>;
  findAll(orderIds: readonly string[]): Promise<ReadonlyMap<string, StaffFile>>;
  /** The unit fails if the stored version is not the one before. */
  save(file: StaffFile): Promise<void>;
}

/** Reads committed files. */
export interface StaffFileQueries {
  /** Of those orders that have one. */
  of(orderIds: readonly string[]): Promise<ReadonlyMap<string, StaffFile>>;
}
