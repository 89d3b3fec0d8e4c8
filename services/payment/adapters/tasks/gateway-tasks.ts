import { after, type Clock } from '#kernel/clock.ts';
import type { Performed, Task, TaskHandler } from '#kernel/tasks.ts';
import type { CarryOut, Instruction } from '../../core/application/carry-out.ts';
import type { Report, Verdict } from '../../core/domain/commands.ts';
import {
  authorizeKey,
  CALLS,
  captureKey,
  LOOK_AGAIN_MS,
  lookAgain,
} from '../../core/domain/gateway-calls.ts';
import type { GatewayAnswer, PaymentGateway } from '../../core/ports/payment-gateway.ts';
import type { PaymentTx } from '../../core/ports/payment-tx.ts';
import { authorizePayload, capturePayload, refundPayload, voidPayload } from './payloads.ts';

/** What came of a task: what to report of which order, or that the gateway needs more time. */
export type GatewayOutcome =
  { readonly orderId: string; readonly report: Report } | { readonly orderId: string; readonly look: number };

/** The calls to the gateway. A call that fails is made again under the same key, until there is an answer. */
export const makeGatewayTasks = (
  gateway: PaymentGateway,
  carryOut: CarryOut,
  clock: Clock,
): readonly TaskHandler<PaymentTx, GatewayOutcome>[] => {
  const settle = async (tx: PaymentTx, done: readonly Performed<GatewayOutcome>[]): Promise<void> => {
    const reports: Instruction[] = [];
    for (const { task, outcome } of done) {
      const { orderId } = outcome;
      if ('report' in outcome) reports.push({ orderId, command: outcome.report, cause: task.cause });
      else {
        const again = lookAgain(orderId, outcome.look + 1, after(clock.now(), LOOK_AGAIN_MS));
        await tx.tasks.schedule({ ...again, cause: task.cause });
      }
    }
    await carryOut.all(tx, reports);
  };
  const call = (kind: string, perform: (task: Task) => Promise<GatewayOutcome>) => ({
    kind,
    perform,
    settle,
  });

  return [
    call(CALLS.authorize, async ({ key, payload }) => {
      const wish = authorizePayload.parse(payload);
      const { orderId, look } = wish;
      const answer = await ('token' in wish
        ? gateway.authorize({ key, token: wish.token, amount: wish.amount })
        : foundBy(gateway, authorizeKey(orderId)));
      if (answer.status === 'pending') return { orderId, look };
      return { orderId, report: { type: 'authorization_answered', answer } };
    }),
    call(CALLS.capture, async ({ key, payload }) => {
      const { orderId, authorization, amount } = capturePayload.parse(payload);
      const answer = await gateway.capture({ key, authorization, amount });
      return { orderId, report: { type: 'capture_answered', answer } };
    }),
    call(CALLS.void, async ({ key, payload }) => {
      const { orderId, authorization } = voidPayload.parse(payload);
      const answer = await gateway.void({ key, authorization });
      const outcome = answer.status === 'approved' ? 'voided' : await whyNotVoid(gateway, orderId, answer);
      return { orderId, report: { type: 'void_answered', outcome } };
    }),
    call(CALLS.refund, async ({ key, payload }) => {
      const { orderId, authorization, amount, refundKey } = refundPayload.parse(payload);
      const answer = await gateway.refund({ key, authorization, amount });
      return { orderId, report: { type: 'refund_answered', key: refundKey, answer } };
    }),
  ];
};

const foundBy = async (gateway: PaymentGateway, key: string): Promise<GatewayAnswer> => {
  const found = await gateway.find(key);
  if (!found) throw new Error(`the gateway knows nothing of ${key}`);
  return found;
};

/** A hold cannot be lifted when the capture, whose answer may have been lost, was there first. */
const whyNotVoid = async (
  gateway: PaymentGateway,
  orderId: string,
  { reason }: Verdict & { readonly status: 'declined' },
): Promise<'captured'> => {
  const capture = await gateway.find(captureKey(orderId));
  if (capture?.status === 'approved') return 'captured';
  // A compensation that fails stays a promise, and shows among the stuck tasks.
  throw new Error(`the gateway refuses to void ${orderId}: ${reason}`);
};
