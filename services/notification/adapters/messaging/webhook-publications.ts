import type { NewEvent } from '#kernel/events.ts';
import type { WebhookPublication } from '../../core/application/webhooks/deliver.ts';

/** A publication in its wire format. */
export const webhookToWire = ({ type, endpoint }: WebhookPublication): NewEvent => ({
  type,
  aggregateId: endpoint.id,
  aggregateVersion: endpoint.edition,
  payload: {
    endpoint_id: endpoint.id,
    host: new URL(endpoint.url).host,
    reason: endpoint.disabled?.by === 'gone' ? 'gone' : 'failing',
    ...(endpoint.failingSince !== undefined && { failing_since: endpoint.failingSince }),
    disabled_at: endpoint.disabled?.at ?? endpoint.updatedAt,
  },
});
