import type { NewTask } from '#kernel/tasks.ts';
import type { Shipment } from './consignment.ts';

/** Carrier calls, as durable tasks. */
export const CALLS = { dispatch: 'shipping.dispatch', voidLabel: 'shipping.void_label' } as const;

/** The key of the purchase at the carrier, the same for every task of the parcel. */
export const labelKey = (orderId: string, attempt: number): string => `${orderId}:${attempt}:dispatch`;

/** Each instruction schedules a task of its own, because the task before may be at work. */
export const dispatchKey = (orderId: string, { attempt, instruction }: Dispatch): string =>
  instruction === 0 ? labelKey(orderId, attempt) : `${labelKey(orderId, attempt)}:${instruction}`;

type Dispatch = Pick<Shipment, 'attempt' | 'instruction'>;

export const dispatchTask = (orderId: string, dispatch: Dispatch, runAt: Date): NewTask => ({
  key: dispatchKey(orderId, dispatch),
  kind: CALLS.dispatch,
  payload: { orderId, attempt: dispatch.attempt },
  runAt,
});

export const voidLabelTask = (
  orderId: string,
  attempt: number,
  { carrierId, trackingNumber }: { readonly carrierId: string; readonly trackingNumber: string },
): NewTask => ({
  key: `${orderId}:${attempt}:void`,
  kind: CALLS.voidLabel,
  payload: { carrierId, trackingNumber },
});
