import type { EventPayloads, NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Actor } from '../../core/domain/actor.ts';
import { caseOf, type Case } from '../../core/domain/cases.ts';
import type { OrderEventOf, Publication, Published } from '../../core/domain/events.ts';
import { isDifference, refundedProducts } from '../../core/domain/line-refunds.ts';
import { inCurrency, type Order } from '../../core/domain/order.ts';
import { correctionsOf, instructionsOf } from '../../core/domain/order-state.ts';
import { settledMinor, type RefundParts } from '../../core/domain/refunds.ts';
import { settledBy } from '../../core/domain/settled-refund.ts';

/** A publication in its wire format; `version` is the order's. */
export const toWire = <Type extends keyof Published>(
  { type, order, event }: Publication<Type>,
  version: number,
): NewEvent => ({
  type,
  aggregateId: order.orderId,
  aggregateVersion: version,
  key: order.orderId,
  payload: PAYLOADS[type](order, event),
});

const PAYLOADS: {
  readonly [Type in keyof Published]: (
    order: Order,
    event: OrderEventOf<Published[Type]>,
  ) => EventPayloads[Type];
} = {
  'order.placed': (order) => ({
    order_id: order.orderId,
    order_number: order.number,
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
    ...(order.exchangeFor && {
      exchange_for: { order_id: order.exchangeFor.orderId, return_id: order.exchangeFor.returnId },
    }),
    placed_at: order.placedAt,
  }),
  'order.claimed': (order, { at }) => ({
    order_id: order.orderId,
    customer: customerOf(order),
    claimed_at: at,
  }),
  'order.confirmed': (order, { at }) => ({
    order_id: order.orderId,
    order_number: order.number,
    attempt: order.attempt,
    customer: customerOf(order),
    currency: order.currency,
    items: orderLines(order),
    shipping: shippingOf(order),
    shipping_address: order.address,
    total_amount: decimal(order, order.totalMinor),
    confirmed_at: at,
  }),
  'order.shipped': (order, { parcel, at }) => ({
    order_id: order.orderId,
    order_number: order.number,
    customer: customerOf(order),
    carrier: parcel.carrier,
    tracking_number: parcel.trackingNumber,
    shipped_at: at,
  }),
  'order.delivered': (order, { at }) => ({
    order_id: order.orderId,
    order_number: order.number,
    customer: customerOf(order),
    delivered_at: at,
  }),
  'order.held': (order, { actor, at }) => ({ ...instructionOf(order, actor), held_at: at }),
  'order.released': (order, { type, actor, at }) => ({
    ...instructionOf(order, actor),
    dispatch: type === 'released' ? 'scheduled' : 'now',
    released_at: at,
  }),
  'order.address_change_requested': (order, { address, actor, at }) => ({
    order_id: order.orderId,
    attempt: order.attempt,
    correction: correctionsOf(order),
    shipping_address: address,
    ...by(order, actor),
    requested_at: at,
  }),
  'order.address_changed': (order, { address, actor, at }) => ({
    order_id: order.orderId,
    order_number: order.number,
    customer: customerOf(order),
    shipping_address: address,
    ...by(order, actor),
    changed_at: at,
  }),
  'order.cancel_requested': (order, { reason, actor, at }) => ({
    order_id: order.orderId,
    attempt: order.attempt,
    reason,
    ...by(order, actor),
    requested_at: at,
  }),
  'order.cancelled': (order, { reason, actor, at }) => ({
    order_id: order.orderId,
    order_number: order.number,
    customer: customerOf(order),
    cart_id: order.cartId,
    cart_version: order.cartVersion,
    reason,
    items: stockLines(order),
    total_amount: decimal(order, order.totalMinor),
    currency: order.currency,
    ...(order.parcels.length === 0 ? {} : { sent_attempts: order.parcels.map(({ attempt }) => attempt) }),
    ...by(order, actor),
    cancelled_at: at,
  }),
  'order.case_opened': (order, event) => {
    const opened = order.cases.at(-1);
    if (!opened) throw new Error(`${event.type} has opened no case`);
    const { caseId, kind, attempt } = opened;
    return { order_id: order.orderId, case_id: caseId, kind, attempt, opened_at: event.at };
  },
  'order.case_resolved': (order, { caseId, resolution, restock, actor, at }) => ({
    order_id: order.orderId,
    ...aboutCase(caseOf(order, caseId)),
    customer: customerOf(order),
    resolution,
    restock,
    items: stockLines(order),
    ...by(order, actor),
    resolved_at: at,
  }),
  'order.reship_requested': (order, { actor, at }) => ({
    order_id: order.orderId,
    attempt: order.attempt,
    items: stockLines(order),
    ...by(order, actor),
    requested_at: at,
  }),
  'order.refunded': (order, { refundKey, amountMinor, totalMinor, reason, actor, at }) => ({
    order_id: order.orderId,
    order_number: order.number,
    customer: customerOf(order),
    amount: decimal(order, amountMinor),
    currency: order.currency,
    refunded_total: decimal(order, totalMinor),
    reason,
    ...by(order, actor),
    ...refundFacts(order, refundKey),
    refunded_at: at,
  }),
  'order.restock_requested': (order, { reason, lines, actor, at }) => ({
    order_id: order.orderId,
    reason,
    items: order.lines.flatMap(({ productId, variantId }) => {
      const some = lines.filter((one) => one.variantId === variantId);
      const quantity = some.reduce((sum, one) => sum + one.quantity, 0);
      return quantity === 0 ? [] : [{ product_id: productId, variant_id: variantId, quantity }];
    }),
    ...by(order, actor),
    requested_at: at,
  }),
  'order.refund_settled': (order, event) => {
    const refund = settledBy(event, order);
    if (!refund) throw new Error(`${event.type} has settled no refund`);
    return {
      order_id: order.orderId,
      order_number: order.number,
      customer: customerOf(order),
      refund_id: refund.refundKey,
      amount: decimal(order, refund.amountMinor),
      currency: order.currency,
      settled_total: decimal(order, settledMinor(order)),
      ...by(order, event.actor),
      ...refundedLines(order, refund.parts),
      settled_at: event.at,
    };
  },
};

/** The requesting person; empty if there was none. */
export const by = ({ orderId }: Order, actor: Actor | undefined) =>
  actor === undefined || actor.kind === 'system'
    ? {}
    : { actor: { kind: actor.kind, user_id: actor.userId ?? orderId } };

/** What is to be done with the current parcel; the last word counts. */
const instructionOf = (order: Order, actor: Actor | undefined) => ({
  order_id: order.orderId,
  attempt: order.attempt,
  instruction: instructionsOf(order),
  ...by(order, actor),
});

/** The parcel of the case, whose goods may be restocked. */
const aboutCase = (one: Case | undefined) =>
  one ? { case_id: one.caseId, kind: one.kind, attempt: one.attempt } : {};

/** For services that know customers by ID, a guest has the ID of the order, which no user has. */
export const customerOf = ({ orderId, customer }: Order) => ({
  user_id: customer.userId ?? orderId,
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

const refundedLines = (order: Order, parts: RefundParts | undefined) =>
  parts
    ? {
        lines: order.lines.flatMap(({ productId, variantId }) =>
          parts.lines
            .filter((one) => one.variantId === variantId && one.quantity > 0)
            .map(({ quantity, amountMinor }) => ({
              product_id: productId,
              variant_id: variantId,
              quantity,
              amount: decimal(order, amountMinor),
            })),
        ),
        shipping_amount: decimal(order, parts.shippingMinor),
        refunded_products: [...refundedProducts(order)],
      }
    : {};

/** What a refund was for. */
const refundFacts = (order: Order, refundKey: string | undefined) => {
  const refund = order.refunds.find((one) => one.refundKey === refundKey);
  return {
    ...refundedLines(order, refund?.parts),
    // The return is exchanged, not refunded.
    ...(refund?.returnId === undefined || isDifference(refund) ? {} : { return_id: refund.returnId }),
  };
};

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
