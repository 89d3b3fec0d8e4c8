import type { EventPayloads } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import { inCurrency, type Order, type OrderEvent } from './order.ts';

/** What the world is told of an order's events. Each takes the order as its event left it, and the event. */
type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: T }>;

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
  { reason, at }: Of<'cancel-requested'>,
): EventPayloads['order.cancel_requested'] => ({
  order_id: order.orderId,
  attempt: order.attempt,
  reason,
  requested_at: at,
});

export const cancelled = (
  order: Order,
  { reason, at }: Of<'cancelled'>,
): EventPayloads['order.cancelled'] => ({
  order_id: order.orderId,
  customer: customerOf(order),
  cart_id: order.cartId,
  cart_version: order.cartVersion,
  reason,
  items: stockLines(order),
  total_amount: decimal(order, order.totalMinor),
  currency: order.currency,
  cancelled_at: at,
});

export const caseOpened = (
  order: Order,
  { kind, at }: Of<'case-opened'>,
): EventPayloads['order.case_opened'] => ({ order_id: order.orderId, kind, opened_at: at });

export const caseResolved = (
  order: Order,
  { resolution, restock, at }: Of<'case-resolved'>,
): EventPayloads['order.case_resolved'] => ({
  order_id: order.orderId,
  attempt: order.attempt,
  customer: customerOf(order),
  resolution,
  restock,
  items: stockLines(order),
  resolved_at: at,
});

export const reshipRequested = (
  order: Order,
  { at }: Of<'reship-requested'>,
): EventPayloads['order.reship_requested'] => ({
  order_id: order.orderId,
  attempt: order.attempt,
  items: stockLines(order),
  requested_at: at,
});

export const refunded = (
  order: Order,
  { amountMinor, totalMinor, reason, at }: Of<'refunded'>,
): EventPayloads['order.refunded'] => ({
  order_id: order.orderId,
  customer: customerOf(order),
  amount: decimal(order, amountMinor),
  currency: order.currency,
  refunded_total: decimal(order, totalMinor),
  reason,
  refunded_at: at,
});

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
