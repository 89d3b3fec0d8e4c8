import { z } from 'zod';
import { after, type Clock } from '#kernel/clock.ts';
import type { Addressed } from '#kernel/process.ts';
import type { Performed, Task, TaskHandler } from '#kernel/tasks.ts';
import type { RunPayments } from '../../core/application/run-payments.ts';
import type { Command, GatewayResult, Verdict } from '../../core/domain/commands.ts';
import { authorizeKey, CALLS, captureKey, LOOK_AGAIN_MS, lookAgain } from '../../core/domain/tasks.ts';
import type { GatewayAnswer, PaymentGateway } from '../../core/ports/payment-gateway.ts';
import type { PaymentTx } from '../../core/ports/payment-tx.ts';

const amount = z.object({ minor: z.int(), currency: z.string() });
const authorizedPayment = { orderId: z.string(), authorization: z.string() };

/** Payloads of the tasks in `core/domain/tasks.ts`, as stored. */
const PAYLOADS = {
  authorize: z.union([
    z.object({ orderId: z.string(), look: z.literal(0), token: z.string(), amount }),
    z.object({ orderId: z.string(), look: z.int().positive() }),
  ]),
  capture: z.object({ ...authorizedPayment, amount }),
  void: z.object(authorizedPayment),
  refund: z.object({ ...authorizedPayment, amount, refundKey: z.string() }),
};

/** The outcome of a task: a result for the order's payment, or "pending" at the gateway. */
export type GatewayOutcome =
  | { readonly orderId: string; readonly result: GatewayResult }
  | { readonly orderId: string; readonly look: number };

/** The calls to the gateway. A failed call is retried under the same key until there is a response. */
export const makeGatewayTasks = (
  gateway: PaymentGateway,
  run: RunPayments,
  clock: Clock,
): readonly TaskHandler<PaymentTx, GatewayOutcome>[] => {
  const settle = async (tx: PaymentTx, done: readonly Performed<GatewayOutcome>[]): Promise<void> => {
    const results: Addressed<Command>[] = [];
    for (const { task, outcome } of done) {
      const { orderId } = outcome;
      if ('result' in outcome) results.push({ id: orderId, command: outcome.result, cause: task.cause });
      else {
        const again = lookAgain(orderId, outcome.look + 1, after(clock.now(), LOOK_AGAIN_MS));
        await tx.tasks.schedule({ ...again, cause: task.cause });
      }
    }
    await run(tx, results);
  };
  const call = (kind: string, perform: (task: Task) => Promise<GatewayOutcome>) => ({
    kind,
    perform,
    settle,
  });

  return [
    call(CALLS.authorize, async ({ key, payload }) => {
      const asked = PAYLOADS.authorize.parse(payload);
      const { orderId, look } = asked;
      const answer = await ('token' in asked
        ? gateway.authorize({ key, token: asked.token, amount: asked.amount })
        : foundBy(gateway, authorizeKey(orderId)));
      if (answer.status === 'pending') return { orderId, look };
      return { orderId, result: { type: 'authorization_answered', answer } };
    }),
    call(CALLS.capture, async ({ key, payload }) => {
      const { orderId, authorization, amount: held } = PAYLOADS.capture.parse(payload);
      const answer = await gateway.capture({ key, authorization, amount: held });
      return { orderId, result: { type: 'capture_answered', answer } };
    }),
    call(CALLS.void, async ({ key, payload }) => {
      const { orderId, authorization } = PAYLOADS.void.parse(payload);
      const answer = await gateway.void({ key, authorization });
      const outcome = answer.status === 'approved' ? 'voided' : await failedVoid(gateway, orderId, answer);
      return { orderId, result: { type: 'void_answered', outcome } };
    }),
    call(CALLS.refund, async ({ key, payload }) => {
      const { orderId, authorization, amount: part, refundKey } = PAYLOADS.refund.parse(payload);
      const answer = await gateway.refund({ key, authorization, amount: part });
      return { orderId, result: { type: 'refund_answered', key: refundKey, answer } };
    }),
  ];
};

const foundBy = async (gateway: PaymentGateway, key: string): Promise<GatewayAnswer> => {
  const found = await gateway.find(key);
  if (!found) throw new Error(`the gateway has no record of ${key}`);
  return found;
};

/** A void fails if a capture, whose response may have been lost, came first. */
const failedVoid = async (
  gateway: PaymentGateway,
  orderId: string,
  { reason }: Verdict & { readonly status: 'declined' },
): Promise<'captured'> => {
  const capture = await gateway.find(captureKey(orderId));
  if (capture?.status === 'approved') return 'captured';
  // A failed compensation stays a task, and is reported as stuck.
  throw new Error(`the gateway refuses to void ${orderId}: ${reason}`);
};
