import type { NewTask } from '#kernel/tasks.ts';

/** Carrier calls, as durable tasks. A task's key is also the idempotency key of the call. */
export const CALLS = { dispatch: 'shipping.dispatch', voidLabel: 'shipping.void_label' } as const;

export const dispatchKey = (orderId: string, attempt: number): string => `${orderId}:${attempt}:dispatch`;

export const dispatchTask = (orderId: string, attempt: number, runAt: Date): NewTask => ({
  key: dispatchKey(orderId, attempt),
  kind: CALLS.dispatch,
  payload: { orderId, attempt },
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
