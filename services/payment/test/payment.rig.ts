import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Store } from '#adapters/service/module.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { eventAbout } from '#test/kit/events.ts';
import { makeSend, type TestService } from '#test/kit/http.ts';
import { runDueTasks, type TaskRun } from '#test/kit/tasks.ts';
import { openToolbox, type StoreName } from '#test/kit/toolbox.ts';
import { tokenise } from '../adapters/mock-gateway/tokenise.ts';
import type { Payment } from '../core/domain/payment.ts';
import { assemble } from '../main/compose.ts';
import { payment } from '../main/module.ts';

export const CUSTOMER = {
  user_id: '00000000-0000-7000-8000-00000000aaaa',
  email: 'ada@example.com',
  name: 'Ada Example',
};

export const APPROVES = '4242424242424242';

/** The service without its servers and loops: tests handle events and tasks step by step. */
export const openRig = async (store: StoreName, env: Readonly<Record<string, string>> = {}) => {
  const toolbox = await openToolbox(store, payment, { env });
  const parts = assemble(toolbox);
  const { unitOfWork, queries, gatewayStore, gateway, gatewayTasks, consumer } = parts;

  return {
    toolbox,
    unitOfWork,
    queries,
    archive: parts.archive,
    gatewayStore,
    consumer,
    command: parts.commandPayment,
    gateway,
    gatewayTasks,
    /** A fresh token of a card. */
    token: async (number = APPROVES, reusable = false): Promise<string> => {
      const form = { number, exp_month: 12, exp_year: 2_030, cvc: '123', reusable };
      const token = tokenise(form, systemIds.next(), toolbox.clock.now());
      if (!token.ok) throw new Error(token.error.code);
      await gatewayStore.addToken(token.value);
      return token.value.token;
    },
    hear: (...events: readonly EventEnvelope[]): Promise<void> => consumer.handle(events),
    /** Makes all gateway calls that are due. */
    work: (): Promise<TaskRun> => runDueTasks(toolbox, unitOfWork, gatewayTasks),
    paymentOf: (orderId: string): Promise<Payment | undefined> => queries.ofOrder(orderId),
    /** Published events, as `type` and payload, oldest first. */
    announced: async (): Promise<{ readonly type: EventType; readonly payload: object }[]> =>
      (await toolbox.announced()).map(({ event_type: type, payload }) => ({ type, payload })),
  };
};

/** Starts the service's own servers, and saves a card at the gateway's as a browser would. */
export const reusableToken = async ({ attachments, toolbox }: TestService<Store>): Promise<string> => {
  for (const attachment of attachments) {
    await attachment.start();
    atEnd(() => attachment.stop());
  }
  const body = { number: APPROVES, exp_month: 12, exp_year: 2_030, cvc: '123', reusable: true };
  const made = await makeSend(toolbox.addresses.of('mock-gateway'))('POST', '/v1/tokens', { body });
  return String(made.body.token);
};

export type Rig = Awaited<ReturnType<typeof openRig>>;

export interface Placed {
  readonly orderId: string;
  readonly token: string;
  /** Decimal EUR. */
  readonly total?: number;
}

export const orderPlaced = ({ orderId, token, total = 49.98 }: Placed) =>
  eventAbout(orderId, 'order.placed', { customer: CUSTOMER, total_amount: total, payment_token: token });

export const orderCancelled = (orderId: string) => eventAbout(orderId, 'order.cancelled');
