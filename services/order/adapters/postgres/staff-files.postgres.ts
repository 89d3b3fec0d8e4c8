import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import { mentionedIn, type StaffFile } from '../../core/domain/staff-file.ts';
import type { StaffFileQueries, StaffFileRepository } from '../../core/ports/staff-files.ts';

interface Row {
  readonly orderId: string;
  readonly version: number;
  readonly document: StaffFile;
}

const table = declareTable<Row>({
  name: 'orders.staff_files',
  key: ['orderId'],
  columns: { orderId: 'uuid', version: 'integer', document: 'jsonb' },
  derived: {
    tags: ['jsonb', ({ document }) => document.tags],
    assignee_id: ['uuid', ({ document }) => document.assignee?.userId ?? null],
    mentions: ['jsonb', ({ document }) => mentionedIn(document)],
  },
});

const readAll = async (
  sql: Pick<Sql, 'query'>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, StaffFile>> => {
  const rows = await table.select(sql, 'where order_id = any($1::uuid[])', [orderIds]);
  return new Map(rows.map(({ orderId, document }) => [orderId, document]));
};

export const postgresStaffFiles = (tx: SqlTransaction): StaffFileRepository => ({
  find: async (orderId) => (await readAll(tx, [orderId])).get(orderId),
  findAll: (orderIds) => readAll(tx, orderIds),
  save: async (file) => {
    const record = { orderId: file.orderId, version: file.version, document: file };
    for (const write of table.save([{ record, before: file.version - 1 }])) await tx.write(write);
  },
});

export const postgresStaffFileQueries = (sql: Pick<Sql, 'query'>): StaffFileQueries => ({
  of: (orderIds) => readAll(sql, orderIds),
});
