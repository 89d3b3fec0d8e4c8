import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, EventPayloads, EventType } from '#kernel/events.ts';
import { eventAbout } from '#test/kit/events.ts';
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
  const parts = assemble(toolbox);
  const { unitOfWork, queries, carriers, carrierStore, trackParcels, consumer, dispatch, voidLabel } = parts;

  return {
    toolbox,
    unitOfWork,
    queries,
    personalData: parts.personalData,
    forgetPeople: parts.forgetPeople,
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
  };
};

export type Rig = Awaited<ReturnType<typeof openRig>>;

export interface Confirmed {
  readonly attempt?: number;
  readonly optionId?: string;
  readonly address?: Partial<EventPayloads['order.confirmed']['shipping_address']>;
}

export const STOCK_LINE = { product_id: systemIds.next(), variant_id: systemIds.next(), quantity: 2 };

export const orderConfirmed = (
  orderId: string,
  { attempt = 1, optionId = 'dhl:express', address = {} }: Confirmed = {},
) =>
  eventAbout(orderId, 'order.confirmed', {
    attempt,
    customer: CUSTOMER,
    items: [STOCK_LINE],
    shipping: { option_id: optionId, carrier: 'DHL', service: 'Express' },
    shipping_address: { recipient: 'Ada Example', ...address },
  });

export const paymentSuccessful = (orderId: string) => eventAbout(orderId, 'payment.successful');

export const cancelRequested = (orderId: string, attempt = 1) =>
  eventAbout(orderId, 'order.cancel_requested', { attempt });

export const addressChangeRequested = (orderId: string, correction = 1, line1 = 'Street 2') =>
  eventAbout(orderId, 'order.address_change_requested', {
    attempt: 1,
    correction,
    shipping_address: { recipient: 'Ada Example', line1 },
  });

export const orderHeld = (orderId: string, instruction = 1) =>
  eventAbout(orderId, 'order.held', { attempt: 1, instruction });

export const orderReleased = (orderId: string, instruction: number, dispatch: 'scheduled' | 'now') =>
  eventAbout(orderId, 'order.released', { attempt: 1, instruction, dispatch });

export const orderCancelled = (orderId: string) => eventAbout(orderId, 'order.cancelled');
