import { isEvent, type EventEnvelope, type EventType } from '#kernel/events.ts';

export const KINDS = ['order', 'case', 'return', 'stock', 'review'] as const;

export type Kind = (typeof KINDS)[number];

/** What staff may see of an event: that something changed, by kind and ID. */
export interface Change {
  readonly kind: Kind;
  /** An order, for cases too; a return; a review; of stock, its SKU or variant. */
  readonly id: string;
}

/** Changes by when they can be read. */
export interface Changes {
  readonly now: readonly Change[];
  /** Of other services than the event's, which may not have handled it yet. */
  readonly soon: readonly Change[];
}

/** Events that report changes. Where several are about the same change, one is enough. */
export const WATCHED = [
  'order.placed',
  'order.claimed',
  'order.confirmed',
  'order.shipped',
  'order.delivered',
  'order.held',
  'order.released',
  'order.address_changed',
  'order.cancel_requested',
  'order.cancelled',
  'order.case_opened',
  'order.case_resolved',
  'order.reship_requested',
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
  'payment.successful',
  'payment.refunded',
  'payment.refund_failed',
  'shipment.created',
  'shipment.held',
  'shipment.status_updated',
  'inventory.reserved',
  'inventory.availability_changed',
  'inventory.low_stock',
  'review.created',
  'review.updated',
  'review.approved',
  'review.rejected',
  'review.deleted',
  'staff.acted',
] as const satisfies readonly EventType[];

/** What acts of staff change, by the kind of their subject. */
const ACTED_ON: Readonly<Record<string, Kind>> = {
  order: 'order',
  'staff file': 'order',
  return: 'return',
  stock: 'stock',
  review: 'review',
};

const changes = (kind: Kind, id: string): readonly Change[] => [{ kind, id }];

const stockOf = (lines: readonly { readonly variant_id: string }[]): readonly Change[] =>
  lines.map((line) => ({ kind: 'stock', id: line.variant_id }));

/** What an event says has changed; nothing if staff see nothing of it. */
export const changesOf = (event: EventEnvelope): Changes => {
  if (isEvent('staff.acted', event)) {
    const { kind, id } = event.payload.subject;
    const changed = ACTED_ON[kind];
    return { now: changed ? changes(changed, id) : [], soon: [] };
  }
  if (isEvent('inventory.availability_changed', event) || isEvent('inventory.low_stock', event))
    return { now: changes('stock', event.payload.sku), soon: [] };
  if (isEvent('inventory.reserved', event))
    return { now: stockOf(event.payload.items), soon: changes('order', event.key) };
  const orders = changes('order', event.key);
  if (isEvent('order.cancelled', event) || isEvent('shipment.created', event)) {
    const stock = stockOf(event.payload.items);
    return isEvent('order.cancelled', event)
      ? { now: orders, soon: stock }
      : { now: orders, soon: [...orders, ...stock] };
  }
  if (isEvent('order.case_opened', event) || isEvent('order.case_resolved', event))
    return { now: [...orders, ...changes('case', event.key)], soon: [] };
  const [topic] = event.event_type.split('.');
  if (topic === 'review' || topic === 'return') return { now: changes(topic, event.aggregate_id), soon: [] };
  // Payments and parcels are read from their services, and in the order once it has handled the event.
  return topic === 'order' ? { now: orders, soon: [] } : { now: orders, soon: orders };
};
