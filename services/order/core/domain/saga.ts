import { after, DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import type { Cause, NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import type { NewTask } from '#kernel/tasks.ts';
import { inCurrency, type Line, type Order, type OrderEvent } from './order.ts';

/** What the world is told and asked because of what happened to an order. */
export interface Reaction {
  readonly announce: readonly NewEvent[];
  readonly schedule: readonly NewTask[];
  /** Keys of tasks that are not wanted any more. */
  readonly dismiss: readonly string[];
}

export const CAPTURE = 'order.capture';
export const REFUND = 'order.refund';
export const TIMER = 'order.timer';

/** How long an order may wait in a state before something is done about it, milliseconds. */
export const PATIENCE = { pending: 15 * MINUTE, confirmed: 24 * HOUR, shipped: 30 * DAY } as const;

type Waiting = keyof typeof PATIENCE;
export type Patience = Readonly<Record<Waiting, number>>;

const timerKey = ({ orderId, attempt }: Order, waitedIn: Waiting): string =>
  `${orderId}:${attempt}:${waitedIn}`;

const timer = (order: Order, waitedIn: Waiting, at: string, patience: Patience): NewTask => ({
  key: timerKey(order, waitedIn),
  kind: TIMER,
  payload: { orderId: order.orderId, waitedIn, attempt: order.attempt },
  runAt: after(new Date(at), patience[waitedIn]),
});

/**
 * The saga, row by row: each step of an order, who hears of it, and what is asked of whom.
 * `order` is the state after `event`. Each service undoes its own part when it hears `order.cancelled`.
 */
export const react = (
  order: Order,
  event: OrderEvent,
  version: number,
  patience: Patience = PATIENCE,
): Reaction => {
  const { orderId } = order;
  const announce = <T extends NewEvent['type']>(type: T, payload: NewEvent<T>['payload']): NewEvent => ({
    type,
    aggregateId: orderId,
    aggregateVersion: version,
    key: orderId,
    payload,
  });
  const startTimer = (waitedIn: Waiting): NewTask => timer(order, waitedIn, event.at, patience);
  const nothing: Reaction = { announce: [], schedule: [], dismiss: [] };

  switch (event.type) {
    case 'placed':
      return {
        announce: [announce('order.placed', placedPayload(order))],
        schedule: [startTimer('pending')],
        dismiss: [],
      };
    case 'confirmed':
      return {
        announce: [announce('order.confirmed', confirmedPayload(order, event.at))],
        schedule: [
          startTimer('confirmed'),
          ...(order.payment.status === 'captured' ? [] : [captureTask(order)]),
        ],
        dismiss: [timerKey(order, 'pending')],
      };
    case 'shipped':
      return {
        announce: [
          announce('order.shipped', {
            order_id: orderId,
            customer: customerOf(order),
            carrier: event.parcel.carrier,
            tracking_number: event.parcel.trackingNumber,
            shipped_at: event.at,
          }),
        ],
        schedule: [startTimer('shipped')],
        dismiss: [timerKey(order, 'confirmed')],
      };
    case 'delivered':
      return {
        ...nothing,
        announce: [
          announce('order.delivered', {
            order_id: orderId,
            customer: customerOf(order),
            delivered_at: event.at,
          }),
        ],
        dismiss: [timerKey(order, 'shipped')],
      };
    case 'cancel-requested':
      return {
        ...nothing,
        announce: [
          announce('order.cancel_requested', {
            order_id: orderId,
            attempt: order.attempt,
            reason: event.reason,
            requested_at: event.at,
          }),
        ],
      };
    case 'cancelled':
      return {
        ...nothing,
        announce: [announce('order.cancelled', cancelledPayload(order, event.reason, event.at))],
        dismiss: [timerKey(order, 'pending'), timerKey(order, 'confirmed'), captureTask(order).key],
      };
    case 'case-opened':
      return {
        ...nothing,
        announce: [
          announce('order.case_opened', { order_id: orderId, kind: event.kind, opened_at: event.at }),
        ],
        dismiss: event.kind === 'refund_failed' ? [] : [timerKey(order, 'shipped')],
      };
    case 'case-resolved':
      return {
        ...nothing,
        announce: [
          announce('order.case_resolved', {
            order_id: orderId,
            attempt: order.attempt,
            customer: customerOf(order),
            resolution: event.resolution,
            restock: event.restock,
            items: stockLines(order),
            resolved_at: event.at,
          }),
        ],
      };
    case 'reship-requested':
      return {
        ...nothing,
        announce: [
          announce('order.reship_requested', {
            order_id: orderId,
            attempt: order.attempt,
            items: stockLines(order),
            requested_at: event.at,
          }),
        ],
      };
    case 'refund-requested':
      return {
        ...nothing,
        schedule: [
          {
            key: `${orderId}:refund:${event.refund.refundKey}`,
            kind: REFUND,
            payload: { orderId, currency: order.currency, ...event.refund },
          },
        ],
      };
    case 'refunded':
      return {
        ...nothing,
        announce: [
          announce('order.refunded', {
            order_id: orderId,
            customer: customerOf(order),
            amount: toDecimal(inCurrency(event.amountMinor, order)),
            currency: order.currency,
            refunded_total: toDecimal(inCurrency(event.totalMinor, order)),
            reason: event.reason,
            refunded_at: event.at,
          }),
        ],
      };
    case 'stock-reserved':
    case 'payment-authorized':
    case 'payment-captured':
    case 'payment-failed':
    case 'refund-failed':
    case 'parcel-moved':
      return nothing;
  }
};

/** Everything that follows is caused by `cause`. */
export const becauseOf = ({ announce, schedule, dismiss }: Reaction, cause: Cause): Reaction => ({
  announce: announce.map((event) => ({ ...event, cause })),
  schedule: schedule.map((task) => ({ ...task, cause })),
  dismiss,
});

const captureTask = ({ orderId }: Order): NewTask => ({
  key: `${orderId}:capture`,
  kind: CAPTURE,
  payload: { orderId },
});

const customerOf = ({ customer }: Order) => ({
  user_id: customer.userId,
  email: customer.email,
  name: customer.name,
});

const stockLines = ({ lines }: Order) =>
  lines.map(({ productId, variantId, quantity }) => ({
    product_id: productId,
    variant_id: variantId,
    quantity,
  }));

const decimal = (order: Order, minor: number): number => toDecimal(inCurrency(minor, order));

const orderLines = (order: Order) =>
  order.lines.map((line: Line) => ({
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

const placedPayload = (order: Order): NewEvent<'order.placed'>['payload'] => ({
  order_id: order.orderId,
  customer: customerOf(order),
  cart_id: order.cartId,
  cart_version: order.cartVersion,
  currency: order.currency,
  items: orderLines(order),
  shipping: shippingOf(order),
  shipping_address: order.address,
  subtotal: decimal(order, order.subtotalMinor),
  tax_total: decimal(order, order.taxMinor),
  total_amount: decimal(order, order.totalMinor),
  payment_token: order.paymentToken,
  placed_at: order.placedAt,
});

const confirmedPayload = (order: Order, at: string): NewEvent<'order.confirmed'>['payload'] => ({
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

const cancelledPayload = (
  order: Order,
  reason: string,
  at: string,
): NewEvent<'order.cancelled'>['payload'] => ({
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
