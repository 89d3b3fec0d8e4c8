import type { Schemas } from '../../api.ts';
import { defined, oneOf, textOf, uuidOf } from '../../shared/search-params.ts';

export type EventType = Schemas['WebhookEventType'];

export const STATUSES = ['pending', 'delivered', 'failed'] as const;

/** Which deliveries of an endpoint are shown, as it is in the URL. */
export interface WebhookView {
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly after?: string | undefined;
  /** The delivery that is open. */
  readonly delivery?: string | undefined;
}

export const parseWebhookView = (search: Record<string, unknown>): WebhookView =>
  defined({
    status: oneOf(STATUSES, search['status']),
    after: textOf(search['after'], 3_000),
    delivery: uuidOf(search['delivery']),
  });

/** All that endpoints can get: the compiler says so when the API offers more. */
const OFFERED: Readonly<Record<EventType, true>> = {
  'order.placed': true,
  'order.confirmed': true,
  'order.shipped': true,
  'order.delivered': true,
  'order.cancelled': true,
  'order.refunded': true,
  'order.refund_settled': true,
  'return.requested': true,
  'return.approved': true,
  'return.rejected': true,
  'return.received': true,
  'return.refunded': true,
  'return.payment_requested': true,
  'return.exchanged': true,
  'return.cancelled': true,
  'order.case_opened': true,
  'order.case_resolved': true,
  'payment.authorized': true,
  'payment.successful': true,
  'payment.failed': true,
  'payment.refunded': true,
  'payment.refund_failed': true,
  'shipment.created': true,
  'shipment.status_updated': true,
  'shipment.cancelled': true,
  'product.created': true,
  'product.updated': true,
  'product.deleted': true,
  'inventory.availability_changed': true,
  'inventory.low_stock': true,
  'inventory.out_of_stock': true,
  'review.created': true,
  'review.updated': true,
  'review.approved': true,
  'review.rejected': true,
  'review.deleted': true,
  'review.rating_changed': true,
};

const isOffered = (text: string): text is EventType => text in OFFERED;

export const EVENT_TYPES = Object.keys(OFFERED).filter(isOffered);

/** Of these, what the API offers. */
export const eventTypesIn = (texts: readonly string[]): readonly EventType[] => texts.filter(isOffered);
