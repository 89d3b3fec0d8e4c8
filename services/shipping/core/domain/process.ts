import { after } from '#kernel/clock.ts';
import type { Process, Step } from '#kernel/process.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { Command } from './commands.ts';
import { carrierIdOf, shipmentOf, type Consignment, type Parcel } from './consignment.ts';
import { decide } from './decide.ts';
import type { Publication, ShippingEvent } from './events.ts';
import { evolve, unknown } from './evolve.ts';
import { dispatchKey, dispatchTask, voidLabelTask } from './tasks.ts';

/**
 * The life cycle of a consignment and the consequences of its events. Its upstreams are the carriers.
 * @param delayMs from an order's release to its dispatch
 */
export const makeShippingProcess = (
  delayMs: number,
): Process<Command, Consignment, ShippingEvent, never, Publication> => ({
  initial: unknown,
  decide,
  evolve,
  react: {
    paid: {},
    order_cancelled: {},
    confirmed: {},
    scheduled: {
      schedule: ({ after: consignment, event }) => dispatchOf(consignment, event, delayMs),
      asks: { carrier: 'sell a label, after the delay' },
      compensation: 'called_off',
    },
    called_off: {
      publish: ({ after: { orderId }, event: { wasAsked, shipmentId, attempt, at } }) =>
        wasAsked ? { type: 'shipment.cancelled', orderId, shipmentId, attempt, at } : undefined,
      cancel: ({ before, event: { wasScheduled, attempt } }) =>
        wasScheduled ? scheduledKey(before, attempt) : undefined,
    },
    instructed: {
      publish: ({ after: { orderId }, event: { shipmentId, attempt, handling, instruction, at } }) =>
        handling === 'held'
          ? { type: 'shipment.held', orderId, shipmentId, attempt, instruction, at }
          : undefined,
      cancel: ({ before, event: { attempt } }) => scheduledKey(before, attempt),
      schedule: ({ after: consignment, event }) => dispatchOf(consignment, event, delayMs),
      asks: { carrier: 'sell a label, unless the parcel is held' },
      compensation: 'called_off',
    },
    readdressed: {
      publish: ({ after: { orderId }, event: { shipmentId, attempt, correction, at } }) => ({
        type: 'shipment.readdressed',
        orderId,
        shipmentId,
        attempt,
        correction,
        at,
      }),
    },
    // The task that started it goes on to buy the label.
    labelling_begun: { asks: { carrier: 'sell a label' }, compensation: 'label_discarded' },
    dispatched: {
      publish: (step) => ({
        type: 'shipment.created',
        ...aboutParcel(step),
        label: step.event.label,
        correction: shipmentOf(step.after, step.event.attempt)?.correction ?? 0,
        at: step.event.at,
      }),
    },
    label_discarded: {
      schedule: (step) => {
        const { orderId, attempt, parcel } = aboutParcel(step);
        const { trackingNumber } = step.event.label;
        return voidLabelTask(orderId, attempt, { carrierId: carrierIdOf(parcel.optionId), trackingNumber });
      },
      asks: { carrier: 'take the label back' },
      compensation: 'none',
    },
    moved: {
      publish: (step) => ({
        type: 'shipment.status_updated',
        ...aboutParcel(step),
        news: step.event.news,
      }),
    },
  },
});

/** The dispatch of a parcel that is ready for it and not held. */
const dispatchOf = (
  consignment: Consignment,
  { attempt, at }: { readonly attempt: number; readonly at: Date },
  delayMs: number,
): NewTask | undefined => {
  const shipment = shipmentOf(consignment, attempt);
  if (shipment?.status !== 'scheduled' || shipment.handling === 'held') return undefined;
  return dispatchTask(consignment.orderId, shipment, after(at, shipment.handling === 'now' ? 0 : delayMs));
};

const scheduledKey = (consignment: Consignment, attempt: number): string | undefined => {
  const shipment = shipmentOf(consignment, attempt);
  return shipment?.status === 'scheduled' ? dispatchKey(consignment.orderId, shipment) : undefined;
};

/** Everything with a label has a parcel. */
const aboutParcel = ({
  after: consignment,
  event: { attempt },
}: Pick<Step<Consignment, { readonly attempt: number }>, 'after' | 'event'>): {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly attempt: number;
  readonly parcel: Parcel;
} => {
  const { orderId } = consignment;
  const shipment = shipmentOf(consignment, attempt);
  if (!shipment?.parcel) throw new Error(`${orderId} has no parcel ${attempt}`);
  return { orderId, shipmentId: shipment.shipmentId, attempt, parcel: shipment.parcel };
};
