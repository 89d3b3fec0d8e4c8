import type { EventPayloads } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Actor } from './actor.ts';
import { caseOf, type Case } from './cases.ts';
import type { OrderEventOf as Of } from './events.ts';
import { inCurrency, type Order } from './order.ts';

/** What the world is told of an order's events. Each takes the order as its event left it, and the event. */

export const placed = (order: Order): EventPayloads['order.placed'] => ({
  order_id: order.orderId,
  customer: customerOf(order),
  cart_id: order.cartId,
  cart_version: order.cartVersion,
  currency: order.currency,
  items: orderLines(order),
  shipping: shippingOf(order),
  shipping_address: order.address,
  ...billingOf(order),
  ...(order.pricesIncludeTax ? { prices_include_tax: true } : {}),
  subtotal: decimal(order, order.subtotalMinor),
  tax_total: decimal(order, order.taxMinor),
  total_amount: decimal(order, order.totalMinor),
  ...(order.paymentToken === undefined ? {} : { payment_token: order.paymentToken }),
  placed_at: order.placedAt,
});

export const confirmed = (order: Order, { at }: Of<'confirmed'>): EventPayloads['order.confirmed'] => ({
  order_id: order.orderId,
  attempt: order.attempt,
  customer: customerOf(order),
  currency: order.currency,
  items: orderLines(order),
  shipping: shippingOf(order),
  shipping_address: order.address,
  total_amount: decimal(order, order.totalMinor),
  confirmed_at: at,
});

export const shipped = (order: Order, { parcel, at }: Of<'shipped'>): EventPayloads['order.shipped'] => ({
  order_id: order.orderId,
  customer: customerOf(order),
  carrier: parcel.carrier,
  tracking_number: parcel.trackingNumber,
  shipped_at: at,
});

export const delivered = (order: Order, { at }: Of<'delivered'>): EventPayloads['order.delivered'] => ({
  order_id: order.orderId,
  customer: customerOf(order),
  delivered_at: at,
});

export const cancelRequested = (
  order: Order,
  { reason, actor, at }: Of<'cancel-requested'>,
): EventPayloads['order.cancel_requested'] => ({
  order_id: order.orderId,
  attempt: order.attempt,
  reason,
  ...by(actor),
  requested_at: at,
});

export const cancelled = (
  order: Order,
  { reason, actor, at }: Of<'cancelled'>,
): EventPayloads['order.cancelled'] => ({
  order_id: order.orderId,
  customer: customerOf(order),
  cart_id: order.cartId,
  cart_version: order.cartVersion,
  reason,
  items: stockLines(order),
  total_amount: decimal(order, order.totalMinor),
  currency: order.currency,
  ...(order.parcels.length === 0 ? {} : { sent_attempts: order.parcels.map(({ attempt }) => attempt) }),
  ...by(actor),
  cancelled_at: at,
});

export const caseOpened = (
  order: Order,
  event: Of<'case-opened' | 'refund-failed'>,
): EventPayloads['order.case_opened'] => {
  const opened = order.cases.at(-1);
  if (!opened) throw new Error(`${event.type} has opened no case`);
  const { caseId, kind, attempt } = opened;
  return { order_id: order.orderId, case_id: caseId, kind, attempt, opened_at: event.at };
};

export const caseResolved = (
  order: Order,
  { caseId, resolution, restock, actor, at }: Of<'case-resolved'>,
): EventPayloads['order.case_resolved'] => ({
  order_id: order.orderId,
  ...aboutCase(caseOf(order, caseId)),
  customer: customerOf(order),
  resolution,
  restock,
  items: stockLines(order),
  ...by(actor),
  resolved_at: at,
});

export const reshipRequested = (
  order: Order,
  { actor, at }: Of<'reship-requested'>,
): EventPayloads['order.reship_requested'] => ({
  order_id: order.orderId,
  attempt: order.attempt,
  items: stockLines(order),
  ...by(actor),
  requested_at: at,
});

export const refunded = (
  order: Order,
  { amountMinor, totalMinor, reason, actor, at }: Of<'refunded'>,
): EventPayloads['order.refunded'] => ({
  order_id: order.orderId,
  customer: customerOf(order),
  amount: decimal(order, amountMinor),
  currency: order.currency,
  refunded_total: decimal(order, totalMinor),
  reason,
  ...by(actor),
  refunded_at: at,
});

/** Whom it was asked for by; nothing where no person has. */
const by = (actor: Actor | undefined) =>
  actor === undefined || actor.kind === 'system'
    ? {}
    : { actor: { kind: actor.kind, user_id: actor.userId } };

/** The parcel is the case's, whose goods may be restocked. */
const aboutCase = (one: Case | undefined) =>
  one ? { case_id: one.caseId, kind: one.kind, attempt: one.attempt } : {};

const customerOf = ({ customer }: Order) => ({
  user_id: customer.userId,
  email: customer.email,
  name: customer.name,
});

const billingOf = ({ billing: { address, company, vatId } = {} }: Order) => ({
  ...(address === undefined ? {} : { billing_address: address }),
  ...(company === undefined ? {} : { company }),
  ...(vatId === undefined ? {} : { vat_id: vatId }),
});

const stockLines = ({ lines }: Order) =>
  lines.map(({ productId, variantId, quantity }) => ({
    product_id: productId,
    variant_id: variantId,
    quantity,
  }));

const decimal = (order: Order, minor: number): number => toDecimal(inCurrency(minor, order));

const orderLines = (order: Order) =>
  order.lines.map((line) => ({
    product_id: line.productId,
    variant_id: line.variantId,
    sku: line.sku,
    name: line.name,
    quantity: line.quantity,
    price: decimal(order, line.priceMinor),
    tax: decimal(order, line.taxMinor),
    total: decimal(order, line.totalMinor),
  }));

const shippingOf = (order: Order) => ({
  option_id: order.shipping.optionId,
  carrier: order.shipping.carrier,
  service: order.shipping.service,
  price: decimal(order, order.shipping.priceMinor),
  tax: decimal(order, order.shipping.taxMinor),
});
