import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { guarded, postgresAggregates } from '#adapters/postgres/aggregates.ts';
import type { Kind } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { ReturnEvent } from '../../core/domain/returns/events.ts';
import { requestedAt, type Return } from '../../core/domain/returns/return.ts';
import type { ReturnQueries, ReturnRepository, VersionedReturn } from '../../core/ports/returns.ts';

interface Row {
  readonly returnId: string;
  readonly version: number;
  readonly document: Return;
}

const table = declareTable<Row>({
  name: 'orders.returns',
  key: ['returnId'],
  columns: { returnId: 'uuid', version: 'integer', document: 'jsonb' },
  derived: {
    order_id: ['uuid', ({ document }) => document.orderId],
    state: ['text', ({ document }) => document.state],
    created_at: ['timestamptz', ({ document }) => requestedAt(document)],
  },
});

/** Returns in the memory of the process. */
const RETURNS: Kind<VersionedReturn> = { kind: 'returns' };

const toVersioned = ({ version, document }: Row): VersionedReturn => ({ version, state: document });

export const postgresReturns = (tx: SqlTransaction): ReturnRepository => ({
  ...postgresAggregates<Return, ReturnEvent>(tx, RETURNS, {
    read: async (sql, ids) => {
      const rows = await table.select(sql, 'where return_id = any($1::uuid[])', [ids]);
      return new Map(rows.map((row) => [row.returnId, toVersioned(row)]));
    },
    write: (changes) =>
      guarded(table, changes, ({ id, version, state }) => ({ returnId: id, version, document: state })),
  }),
  ofOrders: async (orderIds) => {
    const rows = await table.select(tx, 'where order_id = any($1::uuid[]) order by created_at, return_id', [
      orderIds,
    ]);
    return rows.map(toVersioned);
  },
});

export const postgresReturnQueries = (sql: Pick<Sql, 'query'>): ReturnQueries => {
  const select = async (clauses: string, params: readonly unknown[]): Promise<readonly Return[]> =>
    (await table.select(sql, clauses, params)).map(({ document }) => document);
  return {
    find: async (returnId) => (await select('where return_id = $1', [returnId]))[0],
    ofOrder: (orderId) => select('where order_id = $1 order by created_at, return_id', [orderId]),
    page: async ({ states, userId, sort, limit, cursor }) => {
      const list = `returns by ${sort}`;
      const position = positionOf({ cursor }, list, 'time');
      if (!position.ok) return position;
      const end = position.value;
      const params: unknown[] = [limit + 1];
      const param = (value: unknown): string => `$${params.push(value)}`;
      const conditions = [
        ...(states === undefined ? [] : [`state = any(${param(states)}::text[])`]),
        ...(userId === undefined
          ? []
          : [`order_id in (select order_id from orders.orders where user_id = ${param(userId)}::uuid)`]),
        ...(end
          ? [
              `(created_at, return_id) ${sort === 'newest' ? '<' : '>'}
               (${param(end.value)}::timestamptz, ${param(end.id)}::uuid)`,
            ]
          : []),
      ];
      const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
      const direction = sort === 'newest' ? 'desc' : 'asc';
      const found = await select(
        `${where} order by created_at ${direction}, return_id ${direction} limit $1`,
        params,
      );
      return pageOf(found, limit, (one) => ({ list, value: requestedAt(one), id: one.returnId }));
    },
    countUpTo: async (atMost, state) => {
      const [row] = await sql.query<{ count: number }>(
        `select count(*) as count from (select 1 from orders.returns where state = $1 limit $2) as counted`,
        [state, atMost],
      );
      return row?.count ?? 0;
    },
  };
};
