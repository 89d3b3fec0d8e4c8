import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { postgresDocumentQueries, postgresDocuments } from '#adapters/postgres/documents.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { WebhookDelivery } from '../../core/domain/webhook-delivery.ts';
import type { DeliveryKey, WebhookQueries, Webhooks } from '../../core/ports/webhooks.ts';
import { ENDPOINTS, LOG } from '../webhooks/names.ts';

const SCHEMA = 'notification';

const deliveries = declareTable<WebhookDelivery>({
  name: 'notification.webhook_deliveries',
  key: ['endpointId', 'eventId'],
  columns: {
    endpointId: 'uuid',
    eventId: 'uuid',
    type: 'text',
    body: 'text',
    status: 'text',
    attempts: 'jsonb',
    tries: 'integer',
    nextAt: 'timestamptz',
    createdAt: 'timestamptz',
    version: 'integer',
  },
});

const findIn = async (
  sql: Pick<Sql, 'query'>,
  keys: readonly DeliveryKey[],
): Promise<readonly WebhookDelivery[]> =>
  keys.length === 0
    ? []
    : deliveries.select(
        sql,
        'where (endpoint_id, event_id) in (select * from unnest($1::uuid[], $2::uuid[]))',
        [keys.map(({ endpointId }) => endpointId), keys.map(({ eventId }) => eventId)],
      );

export const postgresWebhooks = (tx: SqlTransaction): Webhooks => ({
  endpoints: postgresDocuments(tx, SCHEMA, ENDPOINTS),
  deliveries: {
    add: async (added) => {
      for (const write of deliveries.insertMissing(added)) await tx.write(write);
    },
    find: (keys) => findIn(tx, keys),
    save: async (saved) => {
      const changes = saved.map((record) => ({
        id: `${record.endpointId} ${record.eventId}`,
        record,
        before: record.version - 1,
      }));
      for (const write of deliveries.save(changes)) await tx.write(write);
    },
    removeOf: (endpointId) =>
      tx.write({
        table: 'webhook_deliveries',
        text: 'delete from notification.webhook_deliveries where endpoint_id = $1',
        params: [endpointId],
      }),
  },
});

export const postgresWebhookQueries = (sql: Sql): WebhookQueries => ({
  endpoints: postgresDocumentQueries(sql, SCHEMA, ENDPOINTS),
  deliveries: {
    find: async (key) => (await findIn(sql, [key]))[0],
    page: async ({ endpointId, status, ...request }) => {
      const position = positionOf(request, LOG, 'text');
      if (!position.ok) return position;
      const found = await deliveries.select(
        sql,
        `where endpoint_id = $1 and ($2::text is null or status = $2) and ($3::uuid is null or event_id < $3)
         order by event_id desc limit $4`,
        [endpointId, status ?? null, position.value?.id ?? null, request.limit + 1],
      );
      return pageOf(found, request.limit, ({ eventId }) => ({ list: LOG, value: eventId, id: eventId }));
    },
    failed: async ({ endpointId, from, to, after, limit }) => {
      const rows = await sql.query<{ readonly eventId: string }>(
        `select event_id as "eventId" from notification.webhook_deliveries
         where endpoint_id = $1 and status = 'failed' and created_at between $2 and $3
           and ($4::uuid is null or event_id > $4)
         order by event_id limit $5`,
        [endpointId, from, to, after ?? null, limit],
      );
      return rows.map(({ eventId }) => ({ endpointId, eventId }));
    },
    oldestPending: async () => {
      const [row] = await sql.query<{ readonly oldest: Date | null }>(
        `select min(created_at) as oldest from notification.webhook_deliveries where status = 'pending'`,
      );
      return row?.oldest ?? undefined;
    },
    forget: async (before) => {
      await sql.query('delete from notification.webhook_deliveries where created_at < $1', [before]);
    },
  },
});
