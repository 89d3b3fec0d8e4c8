import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import { eventAbout } from '#test/kit/events.ts';
import type { Sketch } from '#test/kit/sample.ts';
import type { LetterKind } from '../core/domain/letter.ts';

export const ORDER_ID = '018f4e7a-1111-7000-8000-000000000001';
const CUSTOMER = {
  user_id: '018f4e7a-2222-7000-8000-000000000001',
  email: 'ada@example.com',
  name: 'Ada Lovelace',
};
export const STAFF_ID = '018f4e7a-9999-7000-8000-000000000009';
const AT = '2026-03-01T12:00:00.000Z';

const line = (name: string, quantity: number, price: number) => ({
  product_id: '018f4e7a-3333-7000-8000-000000000001',
  variant_id: '018f4e7a-4444-7000-8000-000000000001',
  sku: 'SKU-1',
  name,
  quantity,
  price,
  tax: 0,
  total: 0,
});

const ITEMS = [line('Aerion 14 (Silver)', 1, 899.99), line('Mug <b>large</b>', 2, 9.5)];
const STOCK_LINES = ITEMS.map(({ product_id, variant_id, quantity }) => ({
  product_id,
  variant_id,
  quantity,
}));
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

const PAYLOADS: { readonly [Kind in LetterKind]: Sketch<EventPayloads[Kind]> } = {
  'user.registered': {
    user_id: CUSTOMER.user_id,
    email: CUSTOMER.email,
    first_name: 'Ada',
    last_name: 'Lovelace',
    registered_at: AT,
  },
  'user.registration_repeated': {
    user_id: CUSTOMER.user_id,
    email: CUSTOMER.email,
    first_name: 'Ada',
    last_name: 'Lovelace',
    attempted_at: AT,
  },
  'user.password_reset_requested': {
    user_id: CUSTOMER.user_id,
    email: CUSTOMER.email,
    first_name: 'Ada',
    last_name: 'Lovelace',
    token: 'the-token',
    expires_at: '2026-03-01T12:30:00.000Z',
  },
  'order.placed': {
    order_id: ORDER_ID,
    customer: CUSTOMER,
    cart_id: CUSTOMER.user_id,
    cart_version: 3,
    currency: 'EUR',
    items: ITEMS,
    shipping: SHIPPING,
    shipping_address: ADDRESS,
    subtotal: 918.99,
    tax_total: 175.54,
    total_amount: 1099.43,
    payment_token: 'tok_1',
    placed_at: AT,
  },
  'order.confirmed': {
    order_id: ORDER_ID,
    customer: CUSTOMER,
    currency: 'EUR',
    items: ITEMS,
    shipping: SHIPPING,
    shipping_address: ADDRESS,
    total_amount: 1099.43,
    confirmed_at: AT,
    attempt: 1,
  },
  'order.cancelled': {
    order_id: ORDER_ID,
    customer: CUSTOMER,
    cart_id: CUSTOMER.user_id,
    cart_version: 3,
    reason: 'out_of_stock',
    items: STOCK_LINES,
    total_amount: 1099.43,
    currency: 'EUR',
    cancelled_at: AT,
  },
  'shipment.created': {
    order_id: ORDER_ID,
    customer: CUSTOMER,
    shipment_id: ORDER_ID,
    carrier: 'Swift',
    service: 'Standard',
    tracking_number: 'SW123456789GB',
    items: STOCK_LINES,
    estimated_delivery: '2026-03-04',
    created_at: AT,
    attempt: 1,
  },
  'order.delivered': { order_id: ORDER_ID, customer: CUSTOMER, delivered_at: '2026-03-04T09:30:00.000Z' },
  'order.refunded': {
    order_id: ORDER_ID,
    customer: CUSTOMER,
    amount: 5,
    currency: 'EUR',
    refunded_total: 5,
    reason: 'A scratch',
    refunded_at: AT,
    actor: { kind: 'staff', user_id: STAFF_ID },
  },
  'payment.failed': {
    order_id: ORDER_ID,
    customer: CUSTOMER,
    payment_id: ORDER_ID,
    stage: 'authorize',
    reason: 'insufficient_funds',
    amount: 1099.43,
    currency: 'EUR',
    failed_at: AT,
  },
};

/** An event as it comes from the bus. */
export const anEvent = <Kind extends LetterKind>(
  kind: Kind,
  changes: Partial<EventPayloads[Kind]> = {},
): EventEnvelope<Kind> => eventAbout(ORDER_ID, kind, { ...PAYLOADS[kind], ...changes });
