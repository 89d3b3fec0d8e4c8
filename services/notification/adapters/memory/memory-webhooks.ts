import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { WebhookDelivery } from '../../core/domain/webhook-delivery.ts';
import type { DeliveryKey, WebhookQueries, Webhooks } from '../../core/ports/webhooks.ts';
import { ENDPOINTS, LOG } from '../webhooks/names.ts';

const deliveriesOf = (tables: MemoryTables) => tables.table<WebhookDelivery>('webhook deliveries');
const keyOf = ({ endpointId, eventId }: DeliveryKey): string => `${endpointId} ${eventId}`;

export const memoryWebhooks = (tx: MemoryTransaction): Webhooks => ({
  endpoints: memoryDocuments(tx, ENDPOINTS),
  deliveries: {
    add: async (deliveries) => {
      const table = deliveriesOf(tx);
      for (const one of deliveries) if (!table.get(keyOf(one))) table.put(keyOf(one), one);
      await Promise.resolve();
    },
    find: (keys) => Promise.resolve(keys.flatMap((key) => deliveriesOf(tx).get(keyOf(key)) ?? [])),
    save: async (deliveries) => {
      const table = deliveriesOf(tx);
      for (const one of deliveries) {
        if (table.get(keyOf(one))?.version !== one.version - 1)
          throw new VersionConflict('webhook_deliveries');
        table.put(keyOf(one), one);
      }
      await Promise.resolve();
    },
    removeOf: async (endpointId) => {
      for (const one of deliveriesOf(tx).find((delivery) => delivery.endpointId === endpointId))
        deliveriesOf(tx).delete(keyOf(one));
      await Promise.resolve();
    },
  },
});

export const memoryWebhookQueries = (database: MemoryDatabase): WebhookQueries => {
  const table = deliveriesOf(database.committed);
  return {
    endpoints: memoryDocumentQueries(database, ENDPOINTS),
    deliveries: {
      find: (key) => Promise.resolve(table.get(keyOf(key))),
      page: ({ endpointId, status, ...request }) => {
        const position = positionOf(request, LOG, 'text');
        if (!position.ok) return Promise.resolve(position);
        const last = position.value?.id;
        const found = table
          .find(
            (one) =>
              one.endpointId === endpointId &&
              (status === undefined || one.status === status) &&
              (last === undefined || one.eventId < last),
          )
          .sort((a, b) => (a.eventId < b.eventId ? 1 : -1));
        return Promise.resolve(
          pageOf(found, request.limit, ({ eventId }) => ({ list: LOG, value: eventId, id: eventId })),
        );
      },
      failed: ({ endpointId, from, to, after, limit }) =>
        Promise.resolve(
          table
            .find(
              (one) =>
                one.endpointId === endpointId &&
                one.status === 'failed' &&
                one.createdAt >= from &&
                one.createdAt <= to &&
                (after === undefined || one.eventId > after),
            )
            .sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
            .slice(0, limit)
            .map(({ eventId }) => ({ endpointId, eventId })),
        ),
      oldestPending: () =>
        Promise.resolve(
          table
            .find(({ status }) => status === 'pending')
            .map(({ createdAt }) => createdAt)
            .sort((a, b) => a.getTime() - b.getTime())[0],
        ),
      forget: (before) =>
        database.transaction(async (tx) => {
          for (const one of deliveriesOf(tx).find(({ createdAt }) => createdAt < before))
            deliveriesOf(tx).delete(keyOf(one));
          await Promise.resolve();
        }),
    },
  };
};
