import { after, DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import type { Cause, NewEvent } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { Order, OrderEvent } from './order.ts';
import * as payload from './payloads.ts';

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
        announce: [announce('order.placed', payload.placed(order))],
        schedule: [startTimer('pending')],
        dismiss: [],
      };
    case 'confirmed':
      return {
        announce: [announce('order.confirmed', payload.confirmed(order, event))],
        schedule: [
          startTimer('confirmed'),
          ...(order.payment.status === 'captured' ? [] : [captureTask(order)]),
        ],
        dismiss: [timerKey(order, 'pending')],
      };
    case 'shipped':
      return {
        announce: [announce('order.shipped', payload.shipped(order, event))],
        schedule: [startTimer('shipped')],
        dismiss: [timerKey(order, 'confirmed')],
      };
    case 'delivered':
      return {
        ...nothing,
        announce: [announce('order.delivered', payload.delivered(order, event))],
        dismiss: [timerKey(order, 'shipped')],
      };
    case 'cancel-requested':
      return {
        ...nothing,
        announce: [announce('order.cancel_requested', payload.cancelRequested(order, event))],
      };
    case 'cancelled':
      return {
        ...nothing,
        announce: [announce('order.cancelled', payload.cancelled(order, event))],
        dismiss: [timerKey(order, 'pending'), timerKey(order, 'confirmed'), captureTask(order).key],
      };
    case 'case-opened':
      return {
        ...nothing,
        announce: [announce('order.case_opened', payload.caseOpened(order, event))],
        dismiss: event.kind === 'refund_failed' ? [] : [timerKey(order, 'shipped')],
      };
    case 'case-resolved':
      return {
        ...nothing,
        announce: [announce('order.case_resolved', payload.caseResolved(order, event))],
      };
    case 'reship-requested':
      return {
        ...nothing,
        announce: [announce('order.reship_requested', payload.reshipRequested(order, event))],
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
        announce: [announce('order.refunded', payload.refunded(order, event))],
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
