import { after, DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import type { Cause, NewEvent } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { OrderEvent } from './events.ts';
import type { Order } from './order.ts';
import * as payload from './payloads.ts';
import { timerKey, waitOf, type Wait, type Waiting } from './standing.ts';

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

/** How long an order may wait for others before something is done about it, milliseconds. */
export const PATIENCE: Patience = {
  pending: 15 * MINUTE,
  confirmed: 24 * HOUR,
  cancelling: HOUR,
  shipped: 30 * DAY,
  replacement: 15 * MINUTE,
};

export type Patience = Readonly<Record<Waiting, number>>;

/** A step of an order: what has happened, and how the order stood before and after. */
export interface Step {
  /** Undefined where the order begins. */
  readonly before: Order | undefined;
  readonly order: Order;
  readonly event: OrderEvent;
  /** Of the order after it. */
  readonly version: number;
}

/**
 * What follows from each step of an order. Timers follow from how it stands: what it waits for now has one, and what it
 * waits for no more has none. Each service undoes its own part when it hears `order.cancelled`.
 */
export const react = (step: Step, patience: Patience = PATIENCE): Reaction => {
  const announced = announcementOf(step);
  const { start, end } = timersOf(step, patience);
  const asked = tasksOf(step);
  return {
    announce: announced ? [announced] : [],
    schedule: [...start, ...asked.schedule],
    dismiss: [...end, ...asked.dismiss],
  };
};

const announcementOf = ({ order, event, version }: Step): NewEvent | undefined => {
  const { orderId } = order;
  const announce = <T extends NewEvent['type']>(type: T, payload: NewEvent<T>['payload']): NewEvent => ({
    type,
    aggregateId: orderId,
    aggregateVersion: version,
    key: orderId,
    payload,
  });
  switch (event.type) {
    case 'placed':
      return announce('order.placed', payload.placed(order));
    case 'confirmed':
      return announce('order.confirmed', payload.confirmed(order, event));
    case 'shipped':
      return announce('order.shipped', payload.shipped(order, event));
    case 'delivered':
      return announce('order.delivered', payload.delivered(order, event));
    case 'cancel-requested':
      return announce('order.cancel_requested', payload.cancelRequested(order, event));
    case 'cancelled':
      return announce('order.cancelled', payload.cancelled(order, event));
    case 'case-opened':
    case 'refund-failed':
      return announce('order.case_opened', payload.caseOpened(order, event));
    case 'case-resolved':
      return announce('order.case_resolved', payload.caseResolved(order, event));
    case 'reship-requested':
      return announce('order.reship_requested', payload.reshipRequested(order, event));
    case 'refunded':
      return announce('order.refunded', payload.refunded(order, event));
    case 'stock-reserved':
    case 'payment-authorized':
    case 'payment-captured':
    case 'payment-failed':
    case 'parcel-moved':
    case 'replacement-refused':
    case 'refund-requested':
    case 'refund-dropped':
      return undefined;
  }
};

const timersOf = ({ before, order, event }: Step, patience: Patience) => {
  const [then, now] = [before && waitOf(before), waitOf(order)];
  const isSame = then?.waitedIn === now?.waitedIn && then?.attempt === now?.attempt;
  return {
    start: now && !isSame ? [timer(order, now, event.at, patience)] : [],
    end: then && !isSame ? [timerKey(order, then)] : [],
  };
};

const timer = (order: Order, wait: Wait, at: string, patience: Patience): NewTask => ({
  key: timerKey(order, wait),
  kind: TIMER,
  payload: { orderId: order.orderId, ...wait },
  runAt: after(new Date(at), patience[wait.waitedIn]),
});

/** What is asked of payment, and what is not any more. */
const tasksOf = ({ order, event }: Step): Pick<Reaction, 'schedule' | 'dismiss'> => {
  const { orderId, currency, payment } = order;
  const capture: NewTask = { key: `${orderId}:capture`, kind: CAPTURE, payload: { orderId } };
  switch (event.type) {
    case 'confirmed':
      return { schedule: payment.status === 'captured' ? [] : [capture], dismiss: [] };
    case 'cancelled':
      return { schedule: [], dismiss: [capture.key] };
    case 'refund-requested': {
      const key = `${orderId}:refund:${event.refund.refundKey}`;
      return {
        schedule: [{ key, kind: REFUND, payload: { orderId, currency, ...event.refund } }],
        dismiss: [],
      };
    }
    default:
      return { schedule: [], dismiss: [] };
  }
};

/** Everything that follows is caused by `cause`. */
export const becauseOf = ({ announce, schedule, dismiss }: Reaction, cause: Cause): Reaction => ({
  announce: announce.map((event) => ({ ...event, cause })),
  schedule: schedule.map((task) => ({ ...task, cause })),
  dismiss,
});
