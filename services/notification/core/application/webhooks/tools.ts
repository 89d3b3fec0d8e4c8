import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { WebhookDelivery } from '../../domain/webhook-delivery.ts';
import type { UrlRules, WebhookEndpoint } from '../../domain/webhook-endpoint.ts';
import type { NotificationTx } from '../../ports/notification-tx.ts';
import type { WebhookSecrets } from '../../ports/webhooks.ts';

/** The task that makes the next attempt of a delivery, in its stored format; `waits` counts how often it found its endpoint busy. */
export type ToDeliveryTask = (delivery: WebhookDelivery, waits?: number) => NewTask;

/** What use cases of webhooks work with. */
export interface WebhookTools {
  readonly unitOfWork: UnitOfWork<NotificationTx>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: WebhookSecrets;
  readonly toTask: ToDeliveryTask;
  readonly urls: UrlRules;
}

export type EndpointNotFound = Refusal<'WEBHOOK_ENDPOINT_NOT_FOUND'>;
export type Stale = Refusal<'PRECONDITION_FAILED'>;

export const ENDPOINT_NOT_FOUND = refuse('WEBHOOK_ENDPOINT_NOT_FOUND', 'There is no such webhook endpoint.');

/** @param basedOn the edition that a change is based on; any if absent */
export const findEndpoint = async (
  { webhooks }: Pick<NotificationTx, 'webhooks'>,
  id: string,
  basedOn?: number,
): Promise<Result<WebhookEndpoint, EndpointNotFound | Stale>> => {
  const endpoint = await webhooks.endpoints.find(id);
  if (!endpoint) return ENDPOINT_NOT_FOUND;
  return basedOn === undefined || basedOn === endpoint.edition
    ? ok(endpoint)
    : refuse('PRECONDITION_FAILED', `The webhook endpoint is now at version ${endpoint.edition}.`);
};

export type CannotSend = EndpointNotFound | Stale | Refusal<'WEBHOOK_ENDPOINT_DISABLED'>;

export const findEnabled = async (
  tx: Pick<NotificationTx, 'webhooks'>,
  id: string,
): Promise<Result<WebhookEndpoint, CannotSend>> => {
  const found = await findEndpoint(tx, id);
  return found.ok && found.value.disabled
    ? refuse('WEBHOOK_ENDPOINT_DISABLED', 'The webhook endpoint is disabled; enable it first.')
    : found;
};
