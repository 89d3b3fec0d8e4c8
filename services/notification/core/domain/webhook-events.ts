/** The event types that webhook endpoints can subscribe to: facts about the shop, without tokens or data of accounts. */
export const WEBHOOK_EVENTS = [
  'order.placed',
  'order.confirmed',
  'order.shipped',
  'order.delivered',
  'order.cancelled',
  'order.refunded',
  'order.refund_settled',
  'return.requested',
  'return.approved',
  'return.rejected',
  'return.received',
  'return.refunded',
  'return.payment_requested',
  'return.exchanged',
  'return.cancelled',
  'order.case_opened',
  'order.case_resolved',
  'payment.authorized',
  'payment.successful',
  'payment.failed',
  'payment.refunded',
  'payment.refund_failed',
  'shipment.created',
  'shipment.status_updated',
  'shipment.cancelled',
  'product.created',
  'product.updated',
  'product.deleted',
  'inventory.availability_changed',
  'inventory.low_stock',
  'inventory.out_of_stock',
  'review.created',
  'review.updated',
  'review.approved',
  'review.rejected',
  'review.deleted',
  'review.rating_changed',
] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The event that staff send to try an endpoint. */
export const TEST_EVENT = 'webhook.test';

/** Properties that no endpoint gets: the holder of a card's token can charge the card, and that of an order's can cancel it. */
const WITHHELD: ReadonlySet<string> = new Set(['payment_token', 'order_token']);

/** An event as an endpoint receives it. */
export interface WebhookMessage {
  /** The event's ID, which is the message's ID at each endpoint. */
  readonly eventId: string;
  readonly type: WebhookEvent | typeof TEST_EVENT;
  /** When it happened, RFC 3339. */
  readonly timestamp: string;
  /** The event's payload, as its schema in `contracts/events/` says. */
  readonly data: object;
}

/** The body of a webhook. It is stored as it is sent, because it is signed letter by letter. */
export const bodyOf = ({ type, timestamp, data }: WebhookMessage): string => {
  const shown = Object.entries(data).filter(([property]) => !WITHHELD.has(property));
  return JSON.stringify({ type, timestamp, data: Object.fromEntries(shown) });
};
