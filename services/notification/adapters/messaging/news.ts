import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import { moneyOf } from '#kernel/money.ts';
import type { EventKind } from '../../core/domain/mail.ts';
import type { Address, Facts, News } from '../../core/domain/news.ts';

type AccountKind = Extract<EventKind, `user.${string}`>;
type OrderKind = Exclude<EventKind, AccountKind>;

const ownerOf = ({ email, first_name, last_name }: EventPayloads[AccountKind]) => ({
  email,
  firstName: first_name,
  lastName: last_name,
});

const withToken = (
  payload: EventPayloads[
    'user.invited' | 'user.password_reset_requested' | 'user.email_verification_requested'],
) => ({ ...ownerOf(payload), token: payload.token, expiresAt: payload.expires_at });

const aboutOrder = (payload: EventPayloads[OrderKind]) => ({
  orderId: payload.order_id,
  ...('order_number' in payload ? { orderNumber: payload.order_number } : {}),
  customer: { email: payload.customer.email, name: payload.customer.name },
});

const orderOf = (payload: EventPayloads['order.placed' | 'order.confirmed']) => ({
  ...aboutOrder(payload),
  lines: payload.items.map(({ name, quantity, price }) => ({
    name,
    quantity,
    price: moneyOf(price, payload.currency),
  })),
  carrier: payload.shipping.carrier,
  service: payload.shipping.service,
  total: moneyOf(payload.total_amount, payload.currency),
  address: toAddress(payload.shipping_address),
  ...(payload.order_token === undefined ? {} : { orderToken: payload.order_token }),
});

const aboutReturn = (payload: EventPayloads[Extract<EventKind, `return.${string}`>]) => ({
  ...aboutOrder(payload),
  returnNumber: payload.return_number,
  lines: payload.lines.map(({ name, quantity }) => ({ name, quantity })),
  ...(payload.order_token === undefined ? {} : { orderToken: payload.order_token }),
});

const toAddress = ({
  postal_code: postalCode,
  ...address
}: EventPayloads['order.placed']['shipping_address']): Address => ({ ...address, postalCode });

const FACTS: { readonly [Kind in EventKind]: (payload: EventPayloads[Kind]) => Facts[Kind] } = {
  'user.invited': withToken,
  'user.email_verification_requested': withToken,
  'user.email_verified': ownerOf,
  'user.logged_in_elsewhere': (payload) => ({
    ...ownerOf(payload),
    device: payload.device,
    at: payload.logged_in_at,
  }),
  'user.email_change_requested': ownerOf,
  'user.email_changed': (payload) => ({ ...ownerOf(payload), email: payload.previous_email }),
  'user.factors_changed': (payload) => ({
    ...ownerOf(payload),
    change: payload.change,
    at: payload.changed_at,
  }),
  'user.erasure_requested': ownerOf,
  'user.erased': (payload) => ({ ...ownerOf(payload), kept: payload.kept }),
  'user.registration_repeated': ownerOf,
  'user.password_reset_requested': withToken,
  'order.placed': (payload) => ({
    ...orderOf(payload),
    placedAt: payload.placed_at,
    subtotal: moneyOf(payload.subtotal, payload.currency),
    shippingPrice: moneyOf(payload.shipping.price, payload.currency),
    tax: moneyOf(payload.tax_total, payload.currency),
    isTaxIncluded: payload.prices_include_tax ?? false,
  }),
  'order.confirmed': (payload) => ({ ...orderOf(payload), attempt: payload.attempt }),
  'order.cancelled': (payload) => ({
    ...aboutOrder(payload),
    reason: payload.reason,
    total: moneyOf(payload.total_amount, payload.currency),
  }),
  'order.address_changed': (payload) => ({
    ...aboutOrder(payload),
    address: toAddress(payload.shipping_address),
    ...(payload.order_token === undefined ? {} : { orderToken: payload.order_token }),
  }),
  'shipment.created': (payload) => ({
    ...aboutOrder(payload),
    attempt: payload.attempt,
    carrier: payload.carrier,
    service: payload.service,
    trackingNumber: payload.tracking_number,
    estimatedDelivery: payload.estimated_delivery,
  }),
  'order.delivered': (payload) => ({ ...aboutOrder(payload), deliveredAt: payload.delivered_at }),
  'order.refunded': (payload) => ({
    ...aboutOrder(payload),
    amount: moneyOf(payload.amount, payload.currency),
    total: moneyOf(payload.refunded_total, payload.currency),
    reason: payload.reason,
  }),
  'return.requested': aboutReturn,
  'return.approved': (payload) => ({
    ...aboutReturn(payload),
    address: payload.return_address?.split('\n') ?? [],
    ...(payload.instructions === undefined ? {} : { instructions: payload.instructions }),
  }),
  'return.rejected': (payload) => ({ ...aboutReturn(payload), reason: payload.reason }),
  'return.received': aboutReturn,
  'return.refunded': (payload) => ({
    ...aboutReturn(payload),
    amount: moneyOf(payload.amount, payload.currency),
  }),
  'return.payment_requested': (payload) => ({
    ...aboutReturn(payload),
    amount: moneyOf(payload.amount, payload.currency),
    until: payload.valid_until,
  }),
  'return.exchanged': aboutReturn,
  'payment.failed': (payload) => ({
    ...aboutOrder(payload),
    amount: moneyOf(payload.amount, payload.currency),
    reason: payload.reason,
  }),
};

const userOf = (payload: EventPayloads[EventKind]): string =>
  'user_id' in payload ? payload.user_id : payload.customer.user_id;

/** An event of another service in the terms of this one. */
export const newsOf = <Kind extends EventKind>(event: EventEnvelope<Kind>): News<Kind> => ({
  eventId: event.event_id,
  kind: event.event_type,
  userId: userOf(event.payload),
  facts: FACTS[event.event_type](event.payload),
});
