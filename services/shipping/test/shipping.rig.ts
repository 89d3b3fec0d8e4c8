import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, EventPayloads, EventType } from '#kernel/events.ts';
import { runDueTasks, type TaskRun } from '#test/kit/tasks.ts';
import { openToolbox, type StoreName } from '#test/kit/toolbox.ts';
import type { Consignment } from '../core/domain/consignment.ts';
import { assemble } from '../main/compose.ts';
import { shipping } from '../main/module.ts';

export const CUSTOMER = {
  user_id: '00000000-0000-7000-8000-00000000aaaa',
  email: 'ada@example.com',
  name: 'Ada Example',
};

/** Dispatch delay of the tests. */
export const DELAY_MS = 60_000;

/** The service without its server and loops: tests handle events, tasks and polls step by step. */
export const openRig = async (store: StoreName, env: Readonly<Record<string, string>> = {}) => {
  const toolbox = await openToolbox(store, shipping, {
    env: { SHIPPING_DISPATCH_DELAY_MS: String(DELAY_MS), ...env },
  });
  const { unitOfWork, queries, carriers, carrierStore, trackParcels, consumer, dispatch, voidLabel } =
    assemble(toolbox);

  return {
    toolbox,
    unitOfWork,
    queries,
    carriers,
    carrierStore,
    dispatch,
    hear: (...events: readonly EventEnvelope[]): Promise<void> => consumer.handle(events),
    /** Runs all due tasks. */
    work: async (): Promise<TaskRun> => {
      const dispatched = await runDueTasks(toolbox, unitOfWork, [dispatch]);
      const voided = await runDueTasks(toolbox, unitOfWork, [voidLabel]);
      return {
        done: [...dispatched.done, ...voided.done],
        failed: [...dispatched.failed, ...voided.failed],
      };
    },
    /** Polls every carrier about all parcels under way. */
    poll: async (): Promise<void> => {
      for (const [carrierId, carrier] of carriers) {
        let { next } = await trackParcels(carrierId, carrier);
        while (next !== undefined) ({ next } = await trackParcels(carrierId, carrier, next));
      }
    },
    consignmentOf: (orderId: string): Promise<Consignment | undefined> => queries.ofOrder(orderId),
    announced: async (): Promise<{ readonly type: EventType; readonly payload: object }[]> =>
      (await toolbox.announced()).map(({ event_type: type, payload }) => ({ type, payload })),
    event: <T extends EventType>(type: T, orderId: string, payload: EventPayloads[T]): EventEnvelope =>
      toolbox.seal({ type, aggregateId: orderId, aggregateVersion: 1, key: orderId, payload }),
  };
};

export type Rig = Awaited<ReturnType<typeof openRig>>;

export interface Confirmed {
  readonly attempt?: number;
  readonly optionId?: string;
  readonly address?: Partial<EventPayloads['order.confirmed']['shipping_address']>;
}

const ITEM = { product_id: systemIds.next(), variant_id: systemIds.next() };

export const orderConfirmed = (
  rig: Rig,
  orderId: string,
  { attempt = 1, optionId = 'dhl:express', address = {} }: Confirmed = {},
): EventEnvelope =>
  rig.event('order.confirmed', orderId, {
    order_id: orderId,
    attempt,
    customer: CUSTOMER,
    currency: 'EUR',
    items: [{ ...ITEM, sku: 'KETTLE-1', name: 'Kettle', quantity: 2, price: 20, tax: 3.8, total: 40 }],
    shipping: { option_id: optionId, carrier: 'DHL', service: 'Express', price: 12.9, tax: 2.06 },
    shipping_address: {
      recipient: 'Ada Example',
      line1: 'Street 1',
      city: 'Berlin',
      postal_code: '10115',
      country: 'DE',
      ...address,
    },
    total_amount: 52.9,
    confirmed_at: rig.toolbox.clock.now().toISOString(),
  });

export const paymentSuccessful = (rig: Rig, orderId: string): EventEnvelope =>
  rig.event('payment.successful', orderId, {
    order_id: orderId,
    payment_id: systemIds.next(),
    amount: 52.9,
    currency: 'EUR',
    captured_at: rig.toolbox.clock.now().toISOString(),
  });

export const cancelRequested = (rig: Rig, orderId: string, attempt = 1): EventEnvelope =>
  rig.event('order.cancel_requested', orderId, {
    order_id: orderId,
    attempt,
    reason: 'customer',
    requested_at: rig.toolbox.clock.now().toISOString(),
  });

export const orderCancelled = (rig: Rig, orderId: string): EventEnvelope =>
  rig.event('order.cancelled', orderId, {
    order_id: orderId,
    customer: CUSTOMER,
    cart_id: systemIds.next(),
    cart_version: 3,
    reason: 'customer',
    items: [{ ...ITEM, quantity: 2 }],
    total_amount: 52.9,
    currency: 'EUR',
    cancelled_at: rig.toolbox.clock.now().toISOString(),
  });

export const STOCK_LINE = { ...ITEM, quantity: 2 };
