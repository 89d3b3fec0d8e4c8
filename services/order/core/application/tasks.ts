import type { Clock } from '#kernel/clock.ts';
import type { Result, Refusal } from '#kernel/result.ts';
import type { Task, TaskHandler } from '#kernel/tasks.ts';
import { decide } from '../domain/decide.ts';
import { CAPTURE, REFUND, TIMER } from '../domain/saga.ts';
import type { PaymentCommands, RefundOrder } from '../ports/neighbours.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { RecordEvents } from './record.ts';

interface TimerPayload {
  readonly orderId: string;
  readonly waitedIn: 'pending' | 'confirmed' | 'shipped';
  readonly attempt: number;
}

/** Refusals that need no repetition: payment tells by an event what has become of it. */
const SETTLED = new Set(['PAYMENT_CANCELLED', 'PAYMENT_FAILED', 'REFUND_REFUSED']);

/** The payment service answers only that it will; what came of it arrives as an event. */
const passOn = (
  kind: string,
  call: (payload: unknown) => Promise<Result<undefined, Refusal>>,
): TaskHandler<OrderTx, undefined> => ({
  kind,
  perform: async ({ payload }: Task) => {
    const accepted = await call(payload);
    // Anything else cannot happen to a healthy order: repeated, and shown to people as stuck.
    if (!accepted.ok && !SETTLED.has(accepted.error.code))
      throw new Error(`payment refuses ${kind}: ${accepted.error.code}`);
  },
  settle: () => Promise.resolve(),
});

// Payloads are what `saga.ts` scheduled.
export const makeCaptureTask = (payments: PaymentCommands) =>
  passOn(CAPTURE, (payload) => payments.capture((payload as { readonly orderId: string }).orderId));

export const makeRefundTask = (payments: PaymentCommands) =>
  passOn(REFUND, (payload) => payments.refund(payload as RefundOrder));

/** When patience is at its end. */
export const makeTimerTask = (record: RecordEvents, clock: Clock): TaskHandler<OrderTx, undefined> => ({
  kind: TIMER,
  perform: () => Promise.resolve(undefined),
  settle: async (tx, done) => {
    const timers = done.map(({ task }) => ({ cause: task.cause, ...(task.payload as TimerPayload) }));
    const orders = new Map(await tx.orders.load([...new Set(timers.map(({ orderId }) => orderId))]));
    for (const { orderId, waitedIn, attempt, cause } of timers) {
      const before = orders.get(orderId);
      if (!before) continue;
      const decision = decide({ type: 'time-is-up', waitedIn, attempt }, before.order, clock.now());
      if (decision.ok) orders.set(orderId, await record(tx, before, decision.value, cause));
    }
  },
});
