import { etag, type Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/notification.ts';
import type {
  makeCreateEndpoint,
  makeDeleteEndpoint,
  makeRotateSecret,
  makeUpdateEndpoint,
} from '../../core/application/webhooks/manage-endpoints.ts';
import type { makeRecover } from '../../core/application/webhooks/recover.ts';
import type {
  makeReplayDelivery,
  makeSendTest,
} from '../../core/application/webhooks/schedule-deliveries.ts';
import { ENDPOINT_NOT_FOUND } from '../../core/application/webhooks/tools.ts';
import type { Attempt, WebhookDelivery } from '../../core/domain/webhook-delivery.ts';
import type { WebhookEndpoint } from '../../core/domain/webhook-endpoint.ts';
import type { Recovery } from '../../core/domain/webhook-recovery.ts';
import type { WebhookQueries, WebhookSecrets } from '../../core/ports/webhooks.ts';
import type { NotificationCode } from './errors.ts';
import { NOT_KEPT } from './not-kept.ts';

type Schemas = components['schemas'];

export interface WebhookUseCases {
  readonly createEndpoint: ReturnType<typeof makeCreateEndpoint>;
  readonly updateEndpoint: ReturnType<typeof makeUpdateEndpoint>;
  readonly deleteEndpoint: ReturnType<typeof makeDeleteEndpoint>;
  readonly rotateSecret: ReturnType<typeof makeRotateSecret>;
  readonly sendTest: ReturnType<typeof makeSendTest>;
  readonly replayDelivery: ReturnType<typeof makeReplayDelivery>;
  readonly recover: ReturnType<typeof makeRecover>;
  readonly queries: WebhookQueries;
  readonly secrets: WebhookSecrets;
}

const fromRecovery = (recovery: Recovery): Schemas['WebhookRecovery'] => ({
  since: recovery.since,
  started_at: recovery.startedAt,
  recovered: recovery.recovered,
  ...(recovery.finishedAt !== undefined && { finished_at: recovery.finishedAt }),
});

const fromEndpoint = (endpoint: WebhookEndpoint): Schemas['WebhookEndpoint'] => {
  const { disabled, failingSince, recovery } = endpoint;
  return {
    endpoint_id: endpoint.id,
    version: endpoint.edition,
    url: endpoint.url,
    description: endpoint.description,
    event_types: [...endpoint.eventTypes],
    is_enabled: !disabled,
    ...(disabled && { disabled: { reason: disabled.by, disabled_at: disabled.at } }),
    ...(failingSince !== undefined && { failing_since: failingSince }),
    ...(recovery && { recovery: fromRecovery(recovery) }),
    created_at: endpoint.createdAt,
    updated_at: endpoint.updatedAt,
  };
};

const fromAttempt = ({ at, durationMs, status, error, answer }: Attempt): Schemas['WebhookAttempt'] => ({
  attempted_at: at,
  duration_ms: durationMs,
  ...(status !== undefined && { status_code: status }),
  ...(error !== undefined && { error }),
  ...(answer !== undefined && { answer }),
});

const fromDelivery = (delivery: WebhookDelivery): Schemas['WebhookDelivery'] => ({
  delivery_id: delivery.eventId,
  event_type: delivery.type,
  status: delivery.status,
  attempts: delivery.attempts.map(fromAttempt),
  ...(delivery.nextAt && { next_attempt_at: delivery.nextAt.toISOString() }),
  created_at: delivery.createdAt.toISOString(),
});

export const makeWebhookHandlers = ({
  createEndpoint,
  updateEndpoint,
  deleteEndpoint,
  rotateSecret,
  sendTest,
  replayDelivery,
  recover,
  queries: { endpoints, deliveries },
  secrets,
}: WebhookUseCases): Pick<
  Handlers<operations, NotificationCode>,
  | 'listWebhookEndpoints'
  | 'createWebhookEndpoint'
  | 'getWebhookEndpoint'
  | 'updateWebhookEndpoint'
  | 'deleteWebhookEndpoint'
  | 'rotateWebhookSecret'
  | 'sendTestWebhook'
  | 'listWebhookDeliveries'
  | 'getWebhookDelivery'
  | 'replayWebhookDelivery'
  | 'recoverWebhookDeliveries'
> => {
  const secretOf = ({ id, secrets: [current] }: WebhookEndpoint): string =>
    secrets.open(id, current?.sealed ?? '');
  return {
    listWebhookEndpoints: async () => ({
      status: 200,
      body: { items: (await endpoints.all()).map(fromEndpoint) },
    }),
    createWebhookEndpoint: async ({ body, idempotency }) => {
      const created = await createEndpoint(
        { url: body.url, description: body.description ?? '', eventTypes: [...new Set(body.event_types)] },
        idempotency,
      );
      if (!created.ok) return created;
      const { id, edition } = created.value;
      return {
        status: 201,
        headers: { ...NOT_KEPT, ETag: etag(edition), Location: `/api/v1/webhook-endpoints/${id}` },
        body: { endpoint: fromEndpoint(created.value), secret: secretOf(created.value) },
      };
    },
    getWebhookEndpoint: async ({ path }) => {
      const endpoint = await endpoints.find(path.endpoint_id);
      if (!endpoint) return ENDPOINT_NOT_FOUND;
      return { status: 200, headers: { ETag: etag(endpoint.edition) }, body: fromEndpoint(endpoint) };
    },
    updateWebhookEndpoint: async ({ path, body, ifMatch }) => {
      const { url, description, event_types, is_enabled } = body;
      const change = {
        ...(url !== undefined && { url }),
        ...(description !== undefined && { description }),
        ...(event_types && { eventTypes: [...new Set(event_types)] }),
        isEnabled: is_enabled,
      };
      const updated = await updateEndpoint({ id: path.endpoint_id, basedOn: ifMatch, change });
      if (!updated.ok) return updated;
      const headers = { ETag: etag(updated.value.edition) };
      return { status: 200, headers, body: fromEndpoint(updated.value) };
    },
    deleteWebhookEndpoint: async ({ path, ifMatch }) => {
      const deleted = await deleteEndpoint(path.endpoint_id, ifMatch);
      return deleted.ok ? { status: 204 } : deleted;
    },
    rotateWebhookSecret: async ({ path, idempotency }) => {
      const rotated = await rotateSecret(path.endpoint_id, idempotency);
      if (!rotated.ok) return rotated;
      const { edition, secrets: kept, updatedAt } = rotated.value;
      return {
        status: 200,
        headers: { ...NOT_KEPT, ETag: etag(edition) },
        body: { secret: secretOf(rotated.value), former_secret_valid_until: kept[1]?.until ?? updatedAt },
      };
    },
    sendTestWebhook: async ({ path }) => {
      const sent = await sendTest(path.endpoint_id);
      return sent.ok ? { status: 202, body: fromDelivery(sent.value) } : sent;
    },
    listWebhookDeliveries: async ({ path, query }) => {
      const { status, cursor, limit = 24 } = query;
      if (!(await endpoints.find(path.endpoint_id))) return ENDPOINT_NOT_FOUND;
      const page = await deliveries.page({ endpointId: path.endpoint_id, status, cursor, limit });
      if (!page.ok) return page;
      const { items, next } = page.value;
      return {
        status: 200,
        body: { items: items.map(fromDelivery), ...(next !== undefined && { next_cursor: next }) },
      };
    },
    getWebhookDelivery: async ({ path }) => {
      const delivery = await deliveries.find({ endpointId: path.endpoint_id, eventId: path.delivery_id });
      return delivery
        ? { status: 200, headers: NOT_KEPT, body: { delivery: fromDelivery(delivery), body: delivery.body } }
        : refuse('WEBHOOK_DELIVERY_NOT_FOUND', 'There is no such delivery to this endpoint.');
    },
    replayWebhookDelivery: async ({ path }) => {
      const again = await replayDelivery({ endpointId: path.endpoint_id, eventId: path.delivery_id });
      return again.ok ? { status: 202, body: fromDelivery(again.value) } : again;
    },
    recoverWebhookDeliveries: async ({ path, body, idempotency }) => {
      const begun = await recover(path.endpoint_id, new Date(body.since), idempotency);
      return begun.ok ? { status: 202, body: fromRecovery(begun.value) } : begun;
    },
  };
};
