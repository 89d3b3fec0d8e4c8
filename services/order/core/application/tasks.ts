import type { Clock } from '#kernel/clock.ts';
import type { Result, Refusal } from '#kernel/result.ts';
import type { Performed, TaskHandler } from '#kernel/tasks.ts';
import type { Report } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import { CAPTURE, REFUND, TIMER } from '../domain/saga.ts';
import type { Wait } from '../domain/standing.ts';
import type { PaymentCommands, RefundOrder } from '../ports/neighbours.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { RecordEvents } from './record.ts';

/** A capture that is refused so needs no repetition: payment tells by an event what has become of it. */
const SETTLED = new Set(['PAYMENT_CANCELLED', 'PAYMENT_FAILED']);

// Payloads are what `saga.ts` scheduled.

/** The payment service answers only that it will; what came of it arrives as an event. */
export const makeCaptureTask = (payments: PaymentCommands): TaskHandler<OrderTx, undefined> => ({
  kind: CAPTURE,
  perform: async ({ payload }) => {
    const accepted = await payments.capture((payload as { readonly orderId: string }).orderId);
    // Anything else cannot happen to a healthy order: repeated, and shown to people as stuck.
    if (!accepted.ok && !SETTLED.has(accepted.error.code))
      throw new Error(`payment refuses ${CAPTURE}: ${accepted.error.code}`);
  },
  settle: () => Promise.resolve(),
});

/** A refund is under way, or has failed: no refusal changes by being asked again. */
export const makeRefundTask = (
  payments: PaymentCommands,
  record: RecordEvents,
  clock: Clock,
): TaskHandler<OrderTx, Result<undefined, Refusal>> => ({
  kind: REFUND,
  perform: ({ payload }) => payments.refund(payload as RefundOrder),
  settle: (tx, done) =>
    settleAll(tx, record, clock, done, (payload, outcome) => {
      const refund = payload as RefundOrder;
      const report = meaningOfAnswer(refund, outcome);
      return report && { orderId: refund.orderId, report };
    }),
});

/** What payment's answer to a refund means to its order; what the gateway has refused is told by an event as well. */
export const meaningOfAnswer = (
  { refundKey, amountMinor }: Pick<RefundOrder, 'refundKey' | 'amountMinor'>,
  answer: Result<unknown, Refusal>,
): Report | undefined =>
  answer.ok || answer.error.code === 'REFUND_REFUSED'
    ? undefined
    : { type: 'refund-failed', refundKey, amountMinor, reason: answer.error.code };

/** When patience is at its end. */
export const makeTimerTask = (record: RecordEvents, clock: Clock): TaskHandler<OrderTx, undefined> => ({
  kind: TIMER,
  perform: () => Promise.resolve(undefined),
  settle: (tx, done) =>
    settleAll(tx, record, clock, done, (payload) => {
      const { orderId, ...wait } = payload as Wait & { readonly orderId: string };
      return { orderId, report: { type: 'time-is-up', ...wait } };
    }),
});

/** Records what the outcomes of tasks mean to their orders. */
const settleAll = async <Outcome>(
  tx: OrderTx,
  record: RecordEvents,
  clock: Clock,
  done: readonly Performed<Outcome>[],
  meaningOf: (
    payload: unknown,
    outcome: Outcome,
  ) => { readonly orderId: string; readonly report: Report } | undefined,
): Promise<void> => {
  const meanings = done.flatMap(({ task, outcome }) => {
    const meaning = meaningOf(task.payload, outcome);
    return meaning ? [{ ...meaning, cause: task.cause }] : [];
  });
  const orders = new Map(await tx.orders.load([...new Set(meanings.map(({ orderId }) => orderId))]));
  for (const { orderId, report, cause } of meanings) {
    const before = orders.get(orderId);
    if (!before) continue;
    const decision = decide(report, before.order, clock.now());
    if (decision.ok) orders.set(orderId, await record(tx, before, decision.value, cause));
  }
};
