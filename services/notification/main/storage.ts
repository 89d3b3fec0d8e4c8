import type { ContainerModule } from 'inversify';
import { memoryDocuments } from '#adapters/memory/documents.ts';
import { postgresDocuments } from '#adapters/postgres/documents.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { memoryAlerts } from '../adapters/memory/memory-alerts.ts';
import { postgresAlerts } from '../adapters/postgres/alerts.postgres.ts';
import {
  memoryMailbox,
  memoryNotificationQueries,
  memoryNotificationRepository,
} from '../adapters/memory/memory-notifications.ts';
import { memoryWebhookQueries, memoryWebhooks } from '../adapters/memory/memory-webhooks.ts';
import { postgresMailbox } from '../adapters/postgres/mailbox.postgres.ts';
import {
  postgresNotificationQueries,
  postgresNotificationRepository,
} from '../adapters/postgres/notifications.postgres.ts';
import { postgresWebhookQueries, postgresWebhooks } from '../adapters/postgres/webhooks.postgres.ts';
import { documentsIn } from '../adapters/stores.ts';
import type { Mailbox } from '../core/ports/mailbox.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import type { WebhookQueries } from '../core/ports/webhooks.ts';

/** What the profile decides: where the state is. */
export const Storage = {
  UnitOfWork: token<UnitOfWork<NotificationTx>>('UnitOfWork'),
  Queries: token<NotificationQueries>('NotificationQueries'),
  Mailbox: token<Mailbox>('Mailbox'),
  Webhooks: token<WebhookQueries>('WebhookQueries'),
};

export const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => ({
            notifications: memoryNotificationRepository(tx),
            webhooks: memoryWebhooks(tx),
            alerts: memoryAlerts(tx),
            ...documentsIn((kind) => memoryDocuments(tx, kind)),
          }),
          audited,
        ),
      Queries: () => memoryNotificationQueries(database),
      Mailbox: () => memoryMailbox(database),
      Webhooks: () => memoryWebhookQueries(database),
    }),
    sql: (store) => ({
      UnitOfWork: () =>
        sqlUnitOfWork(
          toolbox,
          store,
          (tx) => ({
            notifications: postgresNotificationRepository(tx),
            webhooks: postgresWebhooks(tx),
            alerts: postgresAlerts(tx),
            ...documentsIn((kind) => postgresDocuments(tx, store.schema, kind)),
          }),
          audited,
        ),
      Queries: () => postgresNotificationQueries(store.database),
      Mailbox: () => postgresMailbox(store.database),
      Webhooks: () => postgresWebhookQueries(store.database),
    }),
  });
