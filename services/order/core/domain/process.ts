import type { Process, Step } from '#kernel/process.ts';
import { caseOf } from './cases.ts';
import type { OrderCommand, OrderRefusal } from './commands.ts';
import { decide } from './decide.ts';
import type { OrderEvent, OrderEventOf, Publication, Published } from './events.ts';
import { evolve } from './evolve.ts';
import type { Order } from './order.ts';
import { settledBy } from './settled-refund.ts';
import { waitOf } from './order-state.ts';
import {
  captureKey,
  captureTask,
  claimTask,
  creditTask,
  exchangeTask,
  invoiceTask,
  refundTask,
  settleTask,
  timerTask,
  type Patience,
} from './tasks.ts';

type OrderProcess = Process<OrderCommand, Order | undefined, OrderEvent, OrderRefusal, Publication>;

/**
 * The life cycle of an order and the consequences of its events. Each upstream undoes its own part when it receives
 * `order.cancelled`; an event that arrives too late for that is undone by the upstream on arrival.
 */
export const makeOrderProcess = (patience: Patience): OrderProcess => ({
  initial: () => undefined,
  decide,
  evolve,
  react: {
    placed: {
      publish: as('order.placed'),
      asks: { inventory: 'reserve all lines', payment: 'authorise the total' },
      compensation: 'cancelled',
      schedule: ({ after }) => (after.customer.userId === undefined ? claimTask(after) : undefined),
    },
    claimed: { publish: as('order.claimed') },
    'stock-reserved': {},
    'payment-authorized': {},
    confirmed: {
      publish: as('order.confirmed'),
      schedule: ({ after }) => {
        const { orderId, payment, totalMinor, exchangeFor } = after;
        if (payment.status !== 'captured') return [captureTask(orderId), exchangeTask(after, 'exchange')];
        if (exchangeFor) return exchangeTask(after, 'exchange');
        return totalMinor === 0 ? invoiceTask(orderId) : undefined; // a replacement has none
      },
      asks: { payment: 'capture', shipping: 'dispatch' },
      compensation: 'cancel-requested',
    },
    'payment-captured': { schedule: ({ after: { orderId } }) => invoiceTask(orderId) },
    'payment-failed': {},
    shipped: { publish: as('order.shipped') },
    'parcel-moved': {},
    delivered: { publish: as('order.delivered') },
    'hold-requested': {
      publish: as('order.held'),
      asks: { shipping: 'hold the parcel' },
      compensation: 'released',
    },
    held: {},
    released: { publish: as('order.released') },
    'dispatch-requested': {
      publish: as('order.released'),
      asks: { shipping: 'dispatch at once' },
      compensation: 'cancel-requested',
    },
    'address-requested': {
      publish: as('order.address_change_requested'),
      asks: { shipping: 'send the parcel to another address' },
      compensation: 'cancel-requested',
    },
    'address-changed': { publish: as('order.address_changed') },
    'cancel-requested': {
      publish: as('order.cancel_requested'),
      asks: { shipping: 'stop the parcel' },
      compensation: 'none',
    },
    cancelled: {
      publish: as('order.cancelled'),
      cancel: ({ after: { orderId } }) => captureKey(orderId),
      schedule: ({ after }) => exchangeTask(after, 'exchange cancelled'),
      asks: { inventory: 'release', payment: 'void or refund', shipping: 'send nothing' },
      compensation: 'none',
    },
    'case-opened': { publish: as('order.case_opened') },
    'case-resolved': {
      publish: as('order.case_resolved'),
      publishAlso: (step) =>
        settledBy(step.event, step.after) ? as('order.refund_settled')(step) : undefined,
      schedule: ({ after, event: { caseId } }) => {
        // Without a charge there is nothing to refund, but the return still has its money.
        if (after.exchangeFor && after.status === 'refunded')
          return exchangeTask(after, `exchange ${String(caseId)}`);
        const key = caseOf(after, caseId)?.refundKey;
        const refund = after.refunds.find(({ refundKey }) => refundKey === key);
        if (!refund) return undefined;
        const settle = settleTask(after, refund, `case ${refund.refundKey}`);
        return refund.status === 'settled' ? [settle, creditTask(after.orderId, refund.refundKey)] : settle;
      },
      asks: { inventory: 'restock, where staff say so' },
      compensation: 'none',
    },
    'reship-requested': {
      publish: as('order.reship_requested'),
      asks: { inventory: 'reserve a replacement' },
      compensation: 'cancelled',
    },
    'replacement-refused': {},
    'refund-requested': {
      schedule: ({ after, event }) => refundTask(after, event.refund),
      asks: { payment: 'refund' },
      compensation: 'none',
    },
    refunded: {
      publish: as('order.refunded'),
      schedule: ({ after, event: { refundKey } }) => {
        // Old events do not name their refund.
        const refund = after.refunds.find((one) => one.refundKey === refundKey);
        return [
          after.status === 'refunded' ? exchangeTask(after, 'exchange refunded') : undefined,
          ...(refund
            ? [settleTask(after, refund, refund.refundKey), creditTask(after.orderId, refund.refundKey)]
            : []),
        ];
      },
    },
    'refund-failed': { publish: as('order.case_opened') },
    'refund-dropped': {},
    'return-moved': {},
    restocked: {
      publish: as('order.restock_requested'),
      asks: { inventory: 'take the units back into stock' },
      compensation: 'none',
    },
  },
  // Timers follow from the state of the order: the current wait has one, and past waits have none.
  timer: (order, event) => {
    const wait = order && waitOf(order);
    return wait && timerTask(order, wait, event.at, patience);
  },
});

/** The step as an integration event. */
const as =
  <Type extends keyof Published>(type: Type) =>
  ({ after: order, event }: Step<Order | undefined, OrderEventOf<Published[Type]>>) => ({
    type,
    order,
    event,
  });
