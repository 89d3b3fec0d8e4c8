import type { Row } from '#adapters/postgres/columns.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import { isWanted, withoutPart, type Alert } from '../../core/domain/alert.ts';
import type { AlertQueries, AlertRepository } from '../../core/ports/alerts.ts';

const alerts = declareTable<Alert>({
  name: 'notification.alerts',
  key: ['userId', 'variantId'],
  columns: { userId: 'uuid', variantId: 'uuid', sku: 'text', isForStock: 'boolean', below: 'jsonb' },
});

const PAGE = 'and ($2::uuid is null or user_id > $2) order by user_id, variant_id limit $3';

export const postgresAlertQueries = (sql: Pick<Sql, 'query'>): AlertQueries => ({
  ofUser: (userId) => alerts.select(sql, 'where user_id = $1 order by variant_id', [userId]),
  forStock: (sku, after, limit) =>
    alerts.select(sql, `where sku = $1 and is_for_stock ${PAGE}`, [sku, after ?? null, limit]),
  forPrice: (variantId, after, limit) =>
    alerts.select(sql, `where variant_id = $1 and below is not null ${PAGE}`, [
      variantId,
      after ?? null,
      limit,
    ]),
  skusWatched: async (skus) => {
    const rows = await sql.query<{ sku: string }>(
      'select distinct sku from notification.alerts where sku = any($1) and is_for_stock',
      [skus],
    );
    return new Set(rows.map(({ sku }) => sku));
  },
  pricesWatched: async (variantIds) => {
    const rows = await sql.query<{ variant_id: string }>(
      'select distinct variant_id from notification.alerts where variant_id = any($1) and below is not null',
      [variantIds],
    );
    return new Set(rows.map(({ variant_id }) => variant_id));
  },
});

export const postgresAlerts = (tx: SqlTransaction): AlertRepository => {
  const repository: AlertRepository = {
    ...postgresAlertQueries(tx),
    put: async (alert) => {
      for (const write of alerts.upsert([alert])) await tx.write(write);
    },
    end: async (userId, part) => {
      const { variantId } = part;
      const locked = `select ${alerts.columns('a')} from notification.alerts a
                    where user_id = $1 and variant_id = $2 for update`;
      const [row] = await tx.execute<Row>(locked, [userId, variantId]);
      const alert = row && alerts.of(row);
      if (!alert || !isWanted(alert, part)) return false;
      const left = withoutPart(alert, part.kind);
      await (left ? repository.put(left) : repository.remove(userId, variantId));
      return true;
    },
    remove: (userId, variantId) =>
      tx.write({
        table: 'alerts',
        text: 'delete from notification.alerts where user_id = $1 and variant_id = $2',
        params: [userId, variantId],
      }),
  };
  return repository;
};
