import { defined, oneOf, textOf, uuidOf } from '../../shared/search-params.ts';

export const STATUSES = ['pending', 'sent', 'failed'] as const;

/** Messages that staff look for; others are found by their customer or order. */
export const KINDS = [
  'order.placed',
  'order.confirmed',
  'order.cancelled',
  'order.address_changed',
  'order.refunded',
  'order.delivered',
  'return.requested',
  'return.approved',
  'return.rejected',
  'return.received',
  'return.refunded',
  'return.payment_requested',
  'return.exchanged',
  'payment.failed',
  'shipment.created',
  'shipment.lost',
  'shipment.returned',
  'stock.available',
  'price.dropped',
  'alerts.digest',
  'review.requested',
  'cart.abandoned',
] as const;

/** What the log shows, as it is in the URL. */
export interface MailsView {
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly kind?: string | undefined;
  readonly order?: string | undefined;
  readonly customer?: string | undefined;
  readonly after?: string | undefined;
  /** The message that is open. */
  readonly mail?: string | undefined;
}

/** What narrows the log beyond its tab, in the order of the chips. */
export const FILTERS = ['kind', 'order', 'customer'] as const satisfies readonly (keyof MailsView)[];

export const parseMailsView = (search: Record<string, unknown>): MailsView =>
  defined({
    status: oneOf(STATUSES, search['status']),
    kind: textOf(search['kind'], 60),
    order: uuidOf(search['order']),
    customer: uuidOf(search['customer']),
    after: textOf(search['after'], 3_000),
    mail: uuidOf(search['mail']),
  });
