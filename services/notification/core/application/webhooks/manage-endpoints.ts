import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import {
  changeEndpoint,
  checkUrl,
  MOST_ENDPOINTS,
  newEndpoint,
  rotateSecret,
  type EndpointChange,
  type EndpointContent,
  type InvalidUrl,
  type WebhookEndpoint,
} from '../../domain/webhook-endpoint.ts';
import { findEndpoint, type EndpointNotFound, type Stale, type WebhookTools } from './tools.ts';

type CannotCreate = InvalidUrl | Refusal<'TOO_MANY_WEBHOOK_ENDPOINTS'>;

/** Only the use cases of this file store outcomes under their keys; secrets in them are sealed. */
const recall = (kept: unknown): WebhookEndpoint => kept as WebhookEndpoint;

export const makeCreateEndpoint =
  ({ unitOfWork, clock, ids, secrets, urls }: WebhookTools) =>
  (
    content: EndpointContent,
    key?: IdempotencyKey,
  ): Promise<Result<WebhookEndpoint, CannotCreate | IdempotencyRefusal>> =>
    once(unitOfWork, key, recall, async ({ webhooks }): Promise<Result<WebhookEndpoint, CannotCreate>> => {
      const url = checkUrl(content.url, urls);
      if (!url.ok) return url;
      if ((await webhooks.endpoints.count()) >= MOST_ENDPOINTS)
        return refuse(
          'TOO_MANY_WEBHOOK_ENDPOINTS',
          `A shop has at most ${MOST_ENDPOINTS} webhook endpoints.`,
        );
      const id = ids.next();
      const endpoint = newEndpoint(id, { ...content, url: url.value }, secrets.make(id), clock.now());
      await webhooks.endpoints.save(endpoint);
      return ok(endpoint);
    });

export interface UpdateEndpoint {
  readonly id: string;
  /** The edition that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly change: EndpointChange;
}

export const makeUpdateEndpoint =
  ({ unitOfWork, clock, urls }: WebhookTools) =>
  ({
    id,
    basedOn,
    change,
  }: UpdateEndpoint): Promise<Result<WebhookEndpoint, InvalidUrl | EndpointNotFound | Stale>> =>
    unitOfWork.run(async (tx) => {
      const found = await findEndpoint(tx, id, basedOn);
      if (!found.ok) return found;
      // What was allowed once may still be disabled, and is refused when it is dialled.
      const url = change.url === undefined ? ok(found.value.url) : checkUrl(change.url, urls);
      if (!url.ok) return url;
      const changed = changeEndpoint(found.value, { ...change, url: url.value }, clock.now());
      await tx.webhooks.endpoints.save(changed);
      return ok(changed);
    });

/** With its log; attempts that are due find no endpoint. */
export const makeDeleteEndpoint =
  ({ unitOfWork }: WebhookTools) =>
  (id: string, basedOn: number | undefined): Promise<Result<undefined, EndpointNotFound | Stale>> =>
    unitOfWork.run(async (tx) => {
      const found = await findEndpoint(tx, id, basedOn);
      if (!found.ok) return found;
      await tx.webhooks.endpoints.remove(found.value);
      await tx.webhooks.deliveries.removeOf(id);
      return ok(undefined);
    });

/** A new secret signs at once, and the one before it for a day. A repetition under the same key does not rotate again. */
export const makeRotateSecret =
  ({ unitOfWork, clock, secrets }: WebhookTools) =>
  (
    id: string,
    key?: IdempotencyKey,
  ): Promise<Result<WebhookEndpoint, EndpointNotFound | Stale | IdempotencyRefusal>> =>
    once(unitOfWork, key, recall, async (tx): Promise<Result<WebhookEndpoint, EndpointNotFound | Stale>> => {
      const found = await findEndpoint(tx, id);
      if (!found.ok) return found;
      const rotated = rotateSecret(found.value, secrets.make(id), clock.now());
      await tx.webhooks.endpoints.save(rotated);
      return ok(rotated);
    });
