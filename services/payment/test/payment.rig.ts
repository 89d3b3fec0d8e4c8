import type { EventEnvelope, EventPayloads, EventType } from '#kernel/events.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { runDueTasks, type TaskRun } from '#test/kit/tasks.ts';
import { openToolbox, type StoreName, type TestToolbox } from '#test/kit/toolbox.ts';
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
    gatewayStore,
    consumer,
    command: parts.commandPayment,
    gateway,
    gatewayTasks,
    /** A fresh token of a card. */
    token: async (number = APPROVES): Promise<string> => {
      const form = { number, exp_month: 12, exp_year: 2_030, cvc: '123' };
      const token = tokenise(form, `tok_${systemIds.next()}`, toolbox.clock.now());
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

export type Rig = Awaited<ReturnType<typeof openRig>>;

export const envelope = <T extends EventType>(
  toolbox: TestToolbox,
  type: T,
  orderId: string,
  payload: EventPayloads[T],
): EventEnvelope => toolbox.seal({ type, aggregateId: orderId, aggregateVersion: 1, key: orderId, payload });

export interface Placed {
  readonly orderId: string;
  readonly token: string;
  /** Decimal EUR. */
  readonly total?: number;
}

export const orderPlaced = ({ toolbox }: Rig, { orderId, token, total = 49.98 }: Placed): EventEnvelope =>
  envelope(toolbox, 'order.placed', orderId, {
    order_id: orderId,
    customer: CUSTOMER,
    cart_id: systemIds.next(),
    cart_version: 3,
    currency: 'EUR',
    items: [
      {
        product_id: systemIds.next(),
        variant_id: systemIds.next(),
        sku: 'KETTLE-1',
        name: 'Kettle',
        quantity: 2,
        price: 20,
        tax: 3.8,
        total: 40,
      },
    ],
    shipping: { option_id: 'dhl:express', carrier: 'DHL', service: 'Express', price: 9.98, tax: 1.59 },
    shipping_address: {
      recipient: 'Ada Example',
      line1: 'Street 1',
      city: 'Berlin',
      postal_code: '10115',
      country: 'DE',
    },
    subtotal: 40,
    tax_total: 5.39,
    total_amount: total,
    payment_token: token,
    placed_at: toolbox.clock.now().toISOString(),
  });

export const orderCancelled = ({ toolbox }: Rig, orderId: string): EventEnvelope =>
  envelope(toolbox, 'order.cancelled', orderId, {
    order_id: orderId,
    customer: CUSTOMER,
    cart_id: systemIds.next(),
    cart_version: 3,
    reason: 'customer',
    items: [{ product_id: systemIds.next(), variant_id: systemIds.next(), quantity: 2 }],
    total_amount: 49.98,
    currency: 'EUR',
    cancelled_at: toolbox.clock.now().toISOString(),
  });
