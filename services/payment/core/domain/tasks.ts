import type { NewTask } from '#kernel/tasks.ts';
import type { Payment } from './payment.ts';

/** Gateway calls, as durable tasks. A task's key is also the idempotency key of the call. */
export const CALLS = {
  authorize: 'payment.authorize',
  capture: 'payment.capture',
  void: 'payment.void',
  refund: 'payment.refund',
} as const;

export const authorizeKey = (orderId: string): string => `${orderId}:authorize`;
export const captureKey = (orderId: string): string => `${orderId}:capture`;
const voidKey = (orderId: string): string => `${orderId}:void`;
export const refundKey = (orderId: string, key: string): string => `${orderId}:refund:${key}`;

/** Pauses before a pending call is checked again, milliseconds. */
export const LOOK_AGAIN_MS = 500;

export const authorizeTask = ({ orderId, amount }: Payment, token: string): NewTask => ({
  key: authorizeKey(orderId),
  kind: CALLS.authorize,
  payload: { orderId, token, amount, look: 0 },
});

/** Fetches the outcome of a pending authorisation. */
export const lookAgain = (orderId: string, look: number, runAt: Date): NewTask => ({
  key: `${authorizeKey(orderId)}:look:${look}`,
  kind: CALLS.authorize,
  payload: { orderId, look },
  runAt,
});

export const captureTask = ({ orderId, amount, authorization }: Payment): NewTask => ({
  key: captureKey(orderId),
  kind: CALLS.capture,
  payload: { orderId, amount, authorization },
});

export const voidTask = ({ orderId, authorization }: Payment): NewTask => ({
  key: voidKey(orderId),
  kind: CALLS.void,
  payload: { orderId, authorization },
});

export const refundTask = (
  { orderId, amount, authorization }: Payment,
  key: string,
  minor: number,
): NewTask => ({
  key: refundKey(orderId, key),
  kind: CALLS.refund,
  payload: { orderId, refundKey: key, amount: { minor, currency: amount.currency }, authorization },
});
