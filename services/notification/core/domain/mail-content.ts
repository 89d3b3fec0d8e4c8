import { asPlainLine, isPlainName } from '#kernel/person-name.ts';
import { FALLBACK, type Locale } from './locale.ts';
import type { MailContent, MailKind } from './mail.ts';
import type { AboutOrder, AboutReturn, Cheaper, Facts, News, Owner, Watched } from './news.ts';
import {
  addressee,
  addressLines,
  deviceName,
  lines,
  whyCancelled,
  whyRefunded,
  whyRefused,
  WORDS,
  type Words,
} from './wording.ts';

/** The part of a mail that depends on its event. */
type Content<Kind extends MailKind> = (
  facts: Facts[Kind],
  words: Words,
) => Pick<MailContent, 'to' | 'data' | 'orderId'>;

/** A mail to the customer of an order. */
const toCustomer = (
  { orderId, orderNumber, customer: { email, name } }: AboutOrder,
  words: Words,
  data: MailContent['data'] = {},
) => ({
  orderId,
  to: toPerson(email, name),
  data: {
    name: addressee(name, words),
    orderId,
    ...(orderNumber === undefined ? {} : { orderNumber }),
    ...data,
  },
});

/** The header of a mail contains the name only if it is plain. */
const toPerson = (email: string, name: string): MailContent['to'] => ({
  email,
  name: isPlainName(name) ? name : '',
});

/** A mail to the owner of an account, with the first name in the salutation. */
const toOwner = ({ email, firstName, lastName }: Owner, words: Words, data: MailContent['data']) => ({
  to: toPerson(email, `${firstName} ${lastName}`),
  data: { name: addressee(firstName, words), ...data },
});

const orderToken = ({ orderToken: token }: Pick<AboutReturn, 'orderToken'>) =>
  token === undefined ? {} : { orderToken: token };

/** A mail to the customer of an order about what they send back. */
const toReturner = (one: AboutReturn, words: Words, data: MailContent['data'] = {}) =>
  toCustomer(one, words, {
    returnNumber: one.returnNumber,
    returned: one.lines.map(({ name, quantity }) => ({ name, quantity })),
    ...orderToken(one),
    ...data,
  });

const withToken = (
  owner: Owner & { readonly token: string; readonly expiresAt: string },
  words: Words,
  data: MailContent['data'] = {},
) => toOwner(owner, words, { token: owner.token, until: words.moment(owner.expiresAt), ...data });

const withEmail = (owner: Owner, words: Words) => toOwner(owner, words, { email: owner.email });

const watched = ({ product, price }: Watched, { money }: Words) => ({
  product: asPlainLine(product),
  price: money(price),
});

const cheaper = (alert: Cheaper, words: Words) => ({
  ...watched(alert, words),
  before: words.money(alert.before),
});

const CONTENTS: { readonly [Kind in MailKind]: Content<Kind> } = {
  'user.email_verified': withEmail,
  'user.invited': (owner, words) => withToken(owner, words, { email: owner.email }),
  'user.email_verification_requested': withToken,
  'user.logged_in_elsewhere': (owner, words) =>
    toOwner(owner, words, {
      device: deviceName(owner.device, words),
      time: words.moment(owner.at),
    }),
  'user.email_change_requested': withEmail,
  'user.email_changed': withEmail,
  'user.factors_changed': (owner, words) =>
    toOwner(owner, words, {
      change: words.factorChanges[owner.change] ?? words.otherFactorChange,
      time: words.moment(owner.at),
    }),
  'user.erasure_requested': withEmail,
  'user.erased': (owner, words) =>
    toOwner(owner, words, {
      kept: owner.kept.map(({ count, kind, reason, until }) =>
        words.kept(
          count,
          words.keptKinds[kind] ?? kind,
          words.keptReasons[reason] ?? reason,
          until === undefined ? undefined : words.day(until),
        ),
      ),
    }),
  'user.registration_repeated': withEmail,
  'user.password_reset_requested': withToken,
  'order.placed': (order, words) =>
    toCustomer(order, words, {
      date: words.day(order.placedAt),
      lines: lines(order.lines, words),
      subtotal: words.money(order.subtotal),
      service: `${order.carrier} ${order.service}`,
      shipping: words.money(order.shippingPrice),
      tax: words.money(order.tax),
      isTaxIncluded: order.isTaxIncluded,
      total: words.money(order.total),
      address: addressLines(order.address),
      ...orderToken(order),
    }),
  'order.confirmed': (order, words) =>
    toCustomer(order, words, {
      isReplacement: order.attempt > 1,
      lines: lines(order.lines, words),
      total: words.money(order.total),
      service: `${order.carrier} ${order.service}`,
      address: addressLines(order.address),
      ...orderToken(order),
    }),
  'order.cancelled': (order, words) =>
    toCustomer(order, words, {
      reason: whyCancelled(order.reason, words),
      total: words.money(order.total),
    }),
  'order.address_changed': (order, words) =>
    toCustomer(order, words, { address: addressLines(order.address), ...orderToken(order) }),
  'shipment.created': (shipment, words) =>
    toCustomer(shipment, words, {
      isReplacement: shipment.attempt > 1,
      carrier: shipment.carrier,
      service: shipment.service,
      trackingNumber: shipment.trackingNumber,
      expected: words.day(shipment.estimatedDelivery),
    }),
  'order.delivered': (order, words) => toCustomer(order, words, { date: words.day(order.deliveredAt) }),
  'order.refunded': (refund, words) =>
    toCustomer(refund, words, {
      amount: words.money(refund.amount),
      reason: whyRefunded(refund.reason, words),
      total: words.money(refund.total),
      isOneOfSeveral: refund.total.minor > refund.amount.minor,
      isPartial: refund.orderTotal !== undefined && refund.total.minor < refund.orderTotal.minor,
      orderTotal: words.money(refund.orderTotal ?? refund.total),
    }),
  'return.requested': toReturner,
  'return.approved': (one, words) =>
    toReturner(one, words, {
      address: one.address.map(asPlainLine),
      ...(one.instructions === undefined ? {} : { instructions: one.instructions }),
    }),
  'return.rejected': (one, words) => toReturner(one, words, { reason: one.reason }),
  'return.received': toReturner,
  'return.refunded': (one, words) => toReturner(one, words, { amount: words.money(one.amount) }),
  'return.payment_requested': (one, words) =>
    toReturner(one, words, { amount: words.money(one.amount), until: words.moment(one.until) }),
  'return.exchanged': toReturner,
  'payment.failed': (payment, words) =>
    toCustomer(payment, words, {
      reason: whyRefused(payment.reason, words),
      amount: words.money(payment.amount),
    }),
  'shipment.lost': toCustomer,
  'shipment.returned': toCustomer,
  'review.requested': toCustomer,
  'cart.abandoned': (cart, words) => toOwner(cart, words, { lines: lines(cart.lines, words) }),
  'stock.available': (alert, words) => toOwner(alert, words, watched(alert, words)),
  'price.dropped': (alert, words) => toOwner(alert, words, cheaper(alert, words)),
  'alerts.digest': (digest, words) =>
    toOwner(digest, words, {
      available: digest.available.map((alert) => watched(alert, words)),
      cheaper: digest.cheaper.map((alert) => cheaper(alert, words)),
    }),
};

/** The content of the mail about an event, in the language of its recipient. */
export const mailContentOf = <Kind extends MailKind>(
  { eventId, kind, userId, facts }: News<Kind>,
  locale: Locale = FALLBACK,
): MailContent => ({
  mailId: eventId,
  kind,
  locale,
  userId,
  ...CONTENTS[kind](facts, WORDS[locale]),
  subject: WORDS[locale].subjects[kind](facts),
});
