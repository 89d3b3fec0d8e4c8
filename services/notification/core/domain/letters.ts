import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import type { Letter, LetterKind } from './letter.ts';
import { addressLines, amount, day, lines, moment, whyCancelled, whyRefused } from './wording.ts';

/** The letter that an event asks for, without what every letter has. */
type Writing<Kind extends LetterKind> = (
  payload: EventPayloads[Kind],
) => Pick<Letter, 'to' | 'subject' | 'data' | 'orderId'>;

type OrderKind = Exclude<LetterKind, 'user.registered' | 'user.password_reset_requested'>;

/** About an order: its customer is written to. */
const toCustomer = (
  { order_id, customer: { email, name } }: EventPayloads[OrderKind],
  subject: string,
  data: Letter['data'],
) => ({ orderId: order_id, to: { email, name }, subject, data: { name, orderId: order_id, ...data } });

const WRITINGS: { readonly [Kind in LetterKind]: Writing<Kind> } = {
  'user.registered': ({ email, first_name, last_name }) => ({
    to: { email, name: `${first_name} ${last_name}` },
    subject: `Welcome, ${first_name}`,
    data: { name: first_name, email },
  }),
  'user.password_reset_requested': ({ email, first_name, last_name, token, expires_at }) => ({
    to: { email, name: `${first_name} ${last_name}` },
    subject: 'A new password for your account',
    data: { name: first_name, token, until: moment(expires_at) },
  }),
  'order.placed': (order) =>
    toCustomer(order, 'We have received your order', {
      date: day(order.placed_at),
      lines: lines(order.items, order.currency),
      subtotal: amount(order.subtotal, order.currency),
      service: `${order.shipping.carrier} ${order.shipping.service}`,
      shipping: amount(order.shipping.price, order.currency),
      tax: amount(order.tax_total, order.currency),
      isTaxIncluded: order.prices_include_tax ?? false,
      total: amount(order.total_amount, order.currency),
      address: addressLines(order.shipping_address),
    }),
  'order.confirmed': (order) =>
    toCustomer(order, order.attempt > 1 ? 'Your replacement is being prepared' : 'Your order is confirmed', {
      isReplacement: order.attempt > 1,
      lines: lines(order.items, order.currency),
      total: amount(order.total_amount, order.currency),
      service: `${order.shipping.carrier} ${order.shipping.service}`,
      address: addressLines(order.shipping_address),
    }),
  'order.cancelled': (order) =>
    toCustomer(order, 'Your order was cancelled', {
      reason: whyCancelled(order.reason),
      total: amount(order.total_amount, order.currency),
    }),
  'shipment.created': (shipment) =>
    toCustomer(
      shipment,
      shipment.attempt > 1 ? 'Your replacement is on its way' : 'Your order is on its way',
      {
        isReplacement: shipment.attempt > 1,
        carrier: shipment.carrier,
        service: shipment.service,
        trackingNumber: shipment.tracking_number,
        expected: day(shipment.estimated_delivery),
      },
    ),
  'order.delivered': (order) =>
    toCustomer(order, 'Your order was delivered', { date: day(order.delivered_at) }),
  'payment.failed': (payment) =>
    toCustomer(payment, 'Your payment did not go through', {
      reason: whyRefused(payment.reason),
      amount: amount(payment.amount, payment.currency),
    }),
};

/** What to write because of an event. */
export const letterAbout = <Kind extends LetterKind>(event: EventEnvelope<Kind>): Letter => ({
  letterId: event.event_id,
  kind: event.event_type,
  ...WRITINGS[event.event_type](event.payload),
});
