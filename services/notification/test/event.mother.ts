import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import { money } from '#kernel/money.ts';
import { eventAbout } from '#test/kit/events.ts';
import type { Sketch } from '#test/kit/sample.ts';
import { newsOf } from '../adapters/messaging/news.ts';
import { EVENT_KINDS, type EventKind, type MailKind } from '../core/domain/mail.ts';
import type { Facts, News } from '../core/domain/news.ts';

export const ORDER_ID = '018f4e7a-1111-7000-8000-000000000001';
export const STAFF_ID = '018f4e7a-9999-7000-8000-000000000009';

const CUSTOMER = { email: 'ada@example.com', name: 'Ada Lovelace' };
const ACCOUNT = { email: CUSTOMER.email, first_name: 'Ada', last_name: 'Lovelace' };
const ITEMS = [
  { name: 'Aerion 14 (Silver)', quantity: 1, price: 899.99 },
  { name: 'Mug <b>large</b>', quantity: 2, price: 9.5 },
];
const SHIPPING = { option_id: 'std', carrier: 'Swift', service: 'Standard', price: 4.9, tax: 0.93 };
const ADDRESS = {
  recipient: 'Ada Lovelace',
  line1: '12 St James’s Square',
  line2: 'Flat 2',
  city: 'London',
  region: 'Greater London',
  postal_code: 'SW1Y 4JH',
  country: 'GB',
};

const RETURNED = { name: 'Mug <b>large</b>', quantity: 1 };
const RETURN = { order_id: ORDER_ID, customer: CUSTOMER, return_number: 'J6SW-3T35-R1', lines: [RETURNED] };

const PAYLOADS: { readonly [Kind in EventKind]: Sketch<EventPayloads[Kind]> } = {
  'user.invited': { ...ACCOUNT, token: 'the-token', expires_at: '2026-03-08T12:00:00.000Z' },
  'user.email_verification_requested': {
    ...ACCOUNT,
    token: 'the-token',
    expires_at: '2026-03-01T12:30:00.000Z',
  },
  'user.email_verified': ACCOUNT,
  'user.logged_in_elsewhere': {
    ...ACCOUNT,
    device: 'Firefox/140.0',
    logged_in_at: '2026-03-01T12:30:00.000Z',
  },
  'user.email_change_requested': ACCOUNT,
  'user.email_changed': { ...ACCOUNT, email: 'ada@example.org', previous_email: 'ada@example.com' },
  'user.factors_changed': {
    ...ACCOUNT,
    change: 'authenticator_added',
    changed_at: '2026-03-01T12:30:00.000Z',
  },
  'user.erasure_requested': ACCOUNT,
  'user.erased': {
    ...ACCOUNT,
    kept: [
      {
        service: 'order',
        kind: 'orders',
        count: 2,
        reason: 'bookkeeping',
        until: '2036-03-01T12:00:00.000Z',
      },
    ],
  },
  'user.registration_repeated': ACCOUNT,
  'user.password_reset_requested': {
    ...ACCOUNT,
    token: 'the-token',
    expires_at: '2026-03-01T12:30:00.000Z',
  },
  'order.placed': {
    customer: CUSTOMER,
    items: ITEMS,
    shipping: SHIPPING,
    shipping_address: ADDRESS,
    subtotal: 918.99,
    tax_total: 175.54,
    total_amount: 1099.43,
  },
  'order.confirmed': {
    customer: CUSTOMER,
    items: ITEMS,
    shipping: SHIPPING,
    shipping_address: ADDRESS,
    total_amount: 1099.43,
  },
  'order.cancelled': {
    customer: CUSTOMER,
    reason: 'out_of_stock',
    total_amount: 1099.43,
  },
  'order.address_changed': { customer: CUSTOMER, shipping_address: ADDRESS },
  'shipment.created': {
    customer: CUSTOMER,
    carrier: 'Swift',
    service: 'Standard',
    tracking_number: 'SW123456789GB',
    estimated_delivery: '2026-03-04',
  },
  'order.delivered': { customer: CUSTOMER, delivered_at: '2026-03-04T09:30:00.000Z' },
  'order.refunded': {
    customer: CUSTOMER,
    amount: 5,
    refunded_total: 5,
    reason: 'A scratch',
    actor: { kind: 'staff', user_id: STAFF_ID },
  },
  'return.requested': { ...RETURN, lines: [{ ...RETURNED, reason: 'damaged' }] },
  'return.approved': {
    ...RETURN,
    return_address: 'Kettle shop\nReturns 1\n10115 Berlin',
    instructions: 'In its box, please.',
  },
  'return.rejected': { ...RETURN, reason: 'It was used.' },
  'return.received': { ...RETURN, lines: [{ ...RETURNED, condition: 'damaged' }] },
  'return.refunded': { ...RETURN, amount: 11.9 },
  'return.payment_requested': { ...RETURN, amount: 2.98, valid_until: '2026-03-15T12:00:00.000Z' },
  'return.exchanged': RETURN,
  'payment.failed': {
    customer: CUSTOMER,
    stage: 'authorize',
    reason: 'insufficient_funds',
    amount: 1099.43,
  },
};

/** An event as it comes from the bus. */
export const anEvent = <Kind extends EventKind>(
  kind: Kind,
  changes: Partial<EventPayloads[Kind]> = {},
): EventEnvelope<Kind> => eventAbout(ORDER_ID, kind, { ...PAYLOADS[kind], ...changes });

export const USER_ID = '018f4e7a-7777-7000-8000-000000000001';
const OWNER = { email: CUSTOMER.email, firstName: 'Ada', lastName: 'Lovelace' };
const ABOUT = { orderId: ORDER_ID, customer: CUSTOMER };
const WATCHED = {
  ...OWNER,
  variantId: '018f4e7a-8888-7000-8000-000000000001',
  product: 'Mug <b>large</b>',
  price: money(950, 'EUR'),
};

/** What no single event says. */
const CONCLUDED: { readonly [Kind in Exclude<MailKind, EventKind>]: Facts[Kind] } = {
  'shipment.lost': ABOUT,
  'shipment.returned': ABOUT,
  'review.requested': ABOUT,
  'cart.abandoned': {
    ...OWNER,
    lines: [{ name: 'Mug <b>large</b>', quantity: 2, price: money(950, 'EUR') }],
  },
  'stock.available': WATCHED,
  'price.dropped': { ...WATCHED, before: money(1_200, 'EUR') },
  'alerts.digest': {
    ...OWNER,
    available: [WATCHED],
    cheaper: [{ ...WATCHED, product: 'Kettle (Red)', before: money(1_200, 'EUR') }],
  },
};

const isEventKind = (kind: MailKind): kind is EventKind => EVENT_KINDS.some((one) => one === kind);

/** The same in the terms of the service. */
export const someNews = <Kind extends MailKind>(
  kind: Kind,
  changes: Partial<Facts[Kind]> = {},
): News<Kind> => {
  const of = (one: MailKind) =>
    isEventKind(one)
      ? newsOf(anEvent(one))
      : {
          eventId: anEvent('user.email_verified').event_id,
          kind: one,
          userId: USER_ID,
          facts: CONCLUDED[one],
        };
  const news = of(kind);
  return { ...news, facts: { ...news.facts, ...changes } } as News<Kind>; // the kind decides about the facts
};
