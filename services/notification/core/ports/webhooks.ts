import type { DocumentQueries, Documents } from '#kernel/documents.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Answer, DeliveryStatus, WebhookDelivery } from '../domain/webhook-delivery.ts';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.ts';

/** Webhooks in a unit of work. */
export interface Webhooks {
  readonly endpoints: Documents<WebhookEndpoint>;
  readonly deliveries: WebhookDeliveryRepository;
}

export type DeliveryKey = Pick<WebhookDelivery, 'endpointId' | 'eventId'>;

export interface WebhookDeliveryRepository {
  /** Adding an existing one has no effect. */
  add(deliveries: readonly WebhookDelivery[]): Promise<void>;
  /** Those that exist, in any order. */
  find(keys: readonly DeliveryKey[]): Promise<readonly WebhookDelivery[]>;
  /** Replaces the versions before; throws `VersionConflict` unless all of them exist. */
  save(deliveries: readonly WebhookDelivery[]): Promise<void>;
  /** Removes all to an endpoint. */
  removeOf(endpointId: string): Promise<void>;
}

/** Reads of what is committed, and the removal of what is old. */
export interface WebhookQueries {
  readonly endpoints: DocumentQueries<WebhookEndpoint>;
  readonly deliveries: WebhookDeliveryQueries;
}

export interface WebhookDeliveryQueries {
  find(key: DeliveryKey): Promise<WebhookDelivery | undefined>;
  /** Newest events first. */
  page(request: DeliveryPageRequest): Promise<PageResult<WebhookDelivery>>;
  /** Those to an endpoint that have failed, oldest events first. */
  failed(request: FailedRequest): Promise<readonly DeliveryKey[]>;
  /** When the oldest pending delivery was created. */
  oldestPending(): Promise<Date | undefined>;
  /** Deletes those created before. */
  forget(before: Date): Promise<void>;
}

export interface DeliveryPageRequest extends PageRequest {
  readonly endpointId: string;
  readonly status?: DeliveryStatus | undefined;
}

export interface FailedRequest {
  readonly endpointId: string;
  /** When they were created: from … */
  readonly from: Date;
  /** … to, including both. */
  readonly to: Date;
  /** The event after which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Signing secrets of endpoints, which are stored encrypted. */
export interface WebhookSecrets {
  /** A new secret, sealed. */
  make(endpointId: string): string;
  /** `whsec_…`; throws if it was sealed with another key, or for another endpoint. */
  open(endpointId: string, sealed: string): string;
}

export interface WebhookCall {
  readonly url: string;
  /** The current secret first; each signs. */
  readonly secrets: readonly string[];
  readonly messageId: string;
  /** When this attempt is made. */
  readonly at: Date;
  readonly body: string;
}

/** Calls endpoints, outside any transaction. Failures are answers. */
export interface WebhookSender {
  send(call: WebhookCall): Promise<Answer>;
}

/**
 * Limits the concurrency per endpoint, so that a slow one delays only itself.
 * @returns undefined if the endpoint has enough to do
 */
export type InLane = <T>(endpointId: string, work: () => Promise<T>) => Promise<T | undefined>;
