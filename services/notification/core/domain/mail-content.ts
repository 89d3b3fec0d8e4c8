import { formatMoney } from '#kernel/money.ts';
import { isPlainName } from '#kernel/person-name.ts';
import type { MailContent, MailKind } from './mail.ts';
import type { AboutOrder, Facts, News, Owner } from './news.ts';
import {
  addressee,
  addressLines,
  day,
  deviceName,
  lines,
  moment,
  whatFactorsChanged,
  whyCancelled,
  whyRefunded,
  whyRefused,
} from './wording.ts';

/** The part of a mail that depends on its event. */
type Content<Kind extends MailKind> = (
  facts: Facts[Kind],
) => Pick<MailContent, 'to' | 'subject' | 'data' | 'orderId'>;

/** A mail to the customer of an order. */
const toCustomer = (
  { orderId, customer: { email, name } }: AboutOrder,
  subject: string,
  data: MailContent['data'],
) => ({
  orderId,
  to: toPerson(email, name),
  subject,
  data: { name: addressee(name), orderId, ...data },
});

/** The header of a mail contains the name only if it is plain. */
const toPerson = (email: string, name: string): MailContent['to'] => ({
  email,
  name: isPlainName(name) ? name : '',
});

/** A mail to the owner of an account, with the first name in the salutation. */
const toOwner = ({ email, firstName, lastName }: Owner, subject: string, data: MailContent['data']) => ({
  to: toPerson(email, `${firstName} ${lastName}`),
  subject,
  data: { name: addressee(firstName), ...data },
});

const CONTENTS: { readonly [Kind in MailKind]: Content<Kind> } = {
  'user.email_verified': (owner) =>
    toOwner(owner, isPlainName(owner.firstName) ? `Welcome, ${owner.firstName}` : 'Welcome', {
      email: owner.email,
    }),
  'user.invited': (owner) =>
    toOwner(owner, 'Your account is waiting for you', {
      email: owner.email,
      token: owner.token,
      until: moment(owner.expiresAt),
    }),
  'user.email_verification_requested': (owner) =>
    toOwner(owner, 'Confirm your e-mail address', { token: owner.token, until: moment(owner.expiresAt) }),
  'user.logged_in_elsewhere': (owner) =>
    toOwner(owner, 'A new login to your account', {
      device: deviceName(owner.device),
      time: moment(owner.at),
    }),
  'user.email_change_requested': (owner) =>
    toOwner(owner, 'A new e-mail address for your account', { email: owner.email }),
  'user.email_changed': (owner) =>
    toOwner(owner, 'Your account has a new e-mail address', { email: owner.email }),
  'user.factors_changed': (owner) =>
    toOwner(owner, 'The second step of your login has changed', {
      change: whatFactorsChanged(owner.change),
      time: moment(owner.at),
    }),
  'user.registration_repeated': (owner) =>
    toOwner(owner, 'You already have an account with us', { email: owner.email }),
  'user.password_reset_requested': (owner) =>
    toOwner(owner, 'A new password for your account', {
      token: owner.token,
      until: moment(owner.expiresAt),
    }),
  'order.placed': (order) =>
    toCustomer(order, 'We have received your order', {
      date: day(order.placedAt),
      lines: lines(order.lines),
      subtotal: formatMoney(order.subtotal),
      service: `${order.carrier} ${order.service}`,
      shipping: formatMoney(order.shippingPrice),
      tax: formatMoney(order.tax),
      isTaxIncluded: order.isTaxIncluded,
      total: formatMoney(order.total),
      address: addressLines(order.address),
    }),
  'order.confirmed': (order) =>
    toCustomer(order, order.attempt > 1 ? 'Your replacement is being prepared' : 'Your order is confirmed', {
      isReplacement: order.attempt > 1,
      lines: lines(order.lines),
      total: formatMoney(order.total),
      service: `${order.carrier} ${order.service}`,
      address: addressLines(order.address),
    }),
  'order.cancelled': (order) =>
    toCustomer(order, 'Your order was cancelled', {
      reason: whyCancelled(order.reason),
      total: formatMoney(order.total),
    }),
  'shipment.created': (shipment) =>
    toCustomer(
      shipment,
      shipment.attempt > 1 ? 'Your replacement is on its way' : 'Your order is on its way',
      {
        isReplacement: shipment.attempt > 1,
        carrier: shipment.carrier,
        service: shipment.service,
        trackingNumber: shipment.trackingNumber,
        expected: day(shipment.estimatedDelivery),
      },
    ),
  'order.delivered': (order) =>
    toCustomer(order, 'Your order was delivered', { date: day(order.deliveredAt) }),
  'order.refunded': (refund) =>
    toCustomer(refund, `We have refunded ${formatMoney(refund.amount)}`, {
      amount: formatMoney(refund.amount),
      reason: whyRefunded(refund.reason),
      total: formatMoney(refund.total),
      isOneOfSeveral: refund.total.minor > refund.amount.minor,
    }),
  'payment.failed': (payment) =>
    toCustomer(payment, 'Your payment did not go through', {
      reason: whyRefused(payment.reason),
      amount: formatMoney(payment.amount),
    }),
};

/** The content of the mail about an event. */
export const mailContentOf = <Kind extends MailKind>({ eventId, kind, facts }: News<Kind>): MailContent => ({
  mailId: eventId,
  kind,
  ...CONTENTS[kind](facts),
});
