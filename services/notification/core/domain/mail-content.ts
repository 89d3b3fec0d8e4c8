import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import { isPlainName } from '#kernel/person-name.ts';
import type { MailContent, MailKind } from './mail.ts';
import {
  addressee,
  addressLines,
  amount,
  day,
  lines,
  moment,
  whyCancelled,
  whyRefunded,
  whyRefused,
} from './wording.ts';

/** The part of a mail that depends on its event. */
type Content<Kind extends MailKind> = (
  payload: EventPayloads[Kind],
) => Pick<MailContent, 'to' | 'subject' | 'data' | 'orderId'>;

type AccountKind = Extract<MailKind, `user.${string}`>;
type OrderKind = Exclude<MailKind, AccountKind>;

/** A mail to the customer of an order. */
const toCustomer = (
  { order_id, customer: { email, name } }: EventPayloads[OrderKind],
  subject: string,
  data: MailContent['data'],
) => ({
  orderId: order_id,
  to: toPerson(email, name),
  subject,
  data: { name: addressee(name), orderId: order_id, ...data },
});

/** The header of a mail contains the name only if it is plain. */
const toPerson = (email: string, name: string): MailContent['to'] => ({
  email,
  name: isPlainName(name) ? name : '',
});

/** A mail to the owner of an account, with the first name in the salutation. */
const toOwner = (
  {
    email,
    first_name,
    last_name,
  }: Pick<EventPayloads['user.registered'], 'email' | 'first_name' | 'last_name'>,
  subject: string,
  data: MailContent['data'],
) => ({
  to: toPerson(email, `${first_name} ${last_name}`),
  subject,
  data: { name: addressee(first_name), ...data },
});

const CONTENTS: { readonly [Kind in MailKind]: Content<Kind> } = {
  'user.registered': (person) =>
    toOwner(person, isPlainName(person.first_name) ? `Welcome, ${person.first_name}` : 'Welcome', {
      email: person.email,
    }),
  'user.registration_repeated': (person) =>
    toOwner(person, 'You already have an account with us', { email: person.email }),
  'user.password_reset_requested': (person) =>
    toOwner(person, 'A new password for your account', {
      token: person.token,
      until: moment(person.expires_at),
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
  'order.refunded': (order) => {
    const [refunded, all] = [order.amount, order.refunded_total].map((sum) => amount(sum, order.currency));
    return toCustomer(order, `We have refunded ${refunded ?? ''}`, {
      amount: refunded,
      reason: whyRefunded(order.reason),
      total: all,
      isOneOfSeveral: order.refunded_total > order.amount,
    });
  },
  'payment.failed': (payment) =>
    toCustomer(payment, 'Your payment did not go through', {
      reason: whyRefused(payment.reason),
      amount: amount(payment.amount, payment.currency),
    }),
};

/** The content of the mail about an event. */
export const mailContentOf = <Kind extends MailKind>(event: EventEnvelope<Kind>): MailContent => ({
  mailId: event.event_id,
  kind: event.event_type,
  ...CONTENTS[event.event_type](event.payload),
});
