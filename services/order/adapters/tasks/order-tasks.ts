import { z } from 'zod';
import type { Addressed } from '#kernel/process.ts';
import type { Refusal, Result } from '#kernel/result.ts';
import type { Performed, TaskHandler } from '#kernel/tasks.ts';
import type { RunOrders } from '../../core/application/run-orders.ts';
import type { OrderCommand } from '../../core/domain/commands.ts';
import { CAPTURE, REFUND, TIMER } from '../../core/domain/tasks.ts';
import type { OrderTx } from '../../core/ports/order-tx.ts';
import type { PaymentCommands, RefundOrder } from '../../core/ports/upstreams.ts';

/** Payloads of the tasks in `core/domain/tasks.ts`, as stored. */
const PAYLOADS = {
  capture: z.object({ orderId: z.string() }),
  refund: z.object({
    orderId: z.string(),
    refundKey: z.string(),
    amountMinor: z.int(),
    currency: z.string(),
    reason: z.string(),
  }),
  timer: z.object({
    orderId: z.string(),
    waitedIn: z.enum(['pending', 'confirmed', 'cancelling', 'shipped', 'replacement']),
    attempt: z.int(),
  }),
};

/** Refusals of a capture that need no retry: payment publishes the outcome. */
const SETTLED = new Set(['PAYMENT_CANCELLED', 'PAYMENT_FAILED']);

/** Payment only accepts the command; the outcome arrives as an event. */
export const makeCaptureTask = (payments: PaymentCommands): TaskHandler<OrderTx, undefined> => ({
  kind: CAPTURE,
  perform: async ({ payload }) => {
    const accepted = await payments.capture(PAYLOADS.capture.parse(payload).orderId);
    // Anything else is unexpected for a valid order: retried, and reported to operators as stuck.
    if (!accepted.ok && !SETTLED.has(accepted.error.code))
      throw new Error(`payment refuses ${CAPTURE}: ${accepted.error.code}`);
  },
  settle: () => Promise.resolve(),
});

/** A refund is pending or has failed: a retry would be refused again. */
export const makeRefundTask = (
  payments: PaymentCommands,
  run: RunOrders,
): TaskHandler<OrderTx, Result<undefined, Refusal>> => ({
  kind: REFUND,
  perform: ({ payload }) => payments.refund(PAYLOADS.refund.parse(payload)),
  settle: (tx, done) =>
    settle(tx, run, done, (payload, answer) => {
      const refund = PAYLOADS.refund.parse(payload);
      const command = afterRefundAnswer(refund, answer);
      return command && { id: refund.orderId, command };
    }),
});

/** The command for payment's response to a refund; a refusal by the payment gateway arrives as an event. */
export const afterRefundAnswer = (
  { refundKey, amountMinor }: Pick<RefundOrder, 'refundKey' | 'amountMinor'>,
  answer: Result<unknown, Refusal>,
): OrderCommand | undefined =>
  answer.ok || answer.error.code === 'REFUND_REFUSED'
    ? undefined
    : { type: 'refund-failed', refundKey, amountMinor, reason: answer.error.code };

/** When the wait times out. */
export const makeTimerTask = (run: RunOrders): TaskHandler<OrderTx, undefined> => ({
  kind: TIMER,
  perform: () => Promise.resolve(undefined),
  settle: (tx, done) =>
    settle(tx, run, done, (payload) => {
      const { orderId, ...wait } = PAYLOADS.timer.parse(payload);
      return { id: orderId, command: { type: 'time-is-up', ...wait } };
    }),
});

/** Runs the commands of tasks; a command for a missing order is refused and dropped. */
const settle = async <Outcome>(
  tx: OrderTx,
  run: RunOrders,
  done: readonly Performed<Outcome>[],
  commandOf: (payload: unknown, outcome: Outcome) => Addressed<OrderCommand> | undefined,
): Promise<void> => {
  const commands = done.flatMap(({ task: { payload, cause }, outcome }) => {
    const command = commandOf(payload, outcome);
    return command ? [{ ...command, cause }] : [];
  });
  await run(tx, commands);
};
