import { auditedRecords, type Audited, type Auditing } from '#adapters/service/audited.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { WebhookDelivery } from '../core/domain/webhook-delivery.ts';
import type { WebhookEndpoint } from '../core/domain/webhook-endpoint.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import type { WebhookDeliveryRepository } from '../core/ports/webhooks.ts';
import { suppressionId } from './suppressions.ts';

/** The host only: the rest of a URL may contain a secret. */
const endpoints = auditedRecords<WebhookEndpoint>({
  kind: 'webhook_endpoint',
  idOf: ({ id }) => id,
  versionOf: ({ version }) => version,
  show: ({ url, eventTypes, disabled, edition, secrets, recovery }) => ({
    edition,
    host: new URL(url).host,
    eventTypes,
    disabled,
    secrets: secrets.length,
    recovery,
  }),
});

const deliveries: Auditing<WebhookDeliveryRepository> = (repository, tell) => {
  const told = async (changed: readonly WebhookDelivery[]): Promise<void> => {
    for (const { eventId, endpointId, version, type, status } of changed)
      await tell({
        kind: 'webhook_delivery',
        id: eventId,
        version,
        before: undefined,
        after: { endpointId, type, status },
      });
  };
  return {
    ...repository,
    add: async (added) => {
      await repository.add(added);
      await told(added);
    },
    save: async (saved) => {
      await repository.save(saved);
      await told(saved);
    },
  };
};

/** What the audit trail shows of endpoints, messages and addresses: neither recipients nor contents. */
export const audited: Audited<Omit<NotificationTx, keyof BaseTx>> = {
  service: 'notification',
  repositories: {
    webhooks: (webhooks, tell) => ({
      endpoints: endpoints(webhooks.endpoints, tell),
      deliveries: deliveries(webhooks.deliveries, tell),
    }),
    notifications: (repository, tell) => ({
      ...repository,
      add: async (added) => {
        await repository.add(added);
        for (const { notificationId: id, kind, orderId } of added)
          await tell({ kind: 'notification', id, version: 1, before: undefined, after: { kind, orderId } });
      },
    }),
    suppressions: (repository, tell) => ({
      ...repository,
      lift: async (email, now) => {
        const isLifted = await repository.lift(email, now);
        const [id, version] = [suppressionId(email), 1];
        if (isLifted)
          await tell({
            kind: 'suppression',
            id,
            version,
            before: { active: true },
            after: { active: false },
          });
        return isLifted;
      },
    }),
  },
};
