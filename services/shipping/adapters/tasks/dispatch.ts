import { z } from 'zod';
import { inBatches } from '#adapters/batching/in-batches.ts';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { CarryOut, Instruction } from '../../core/application/carry-out.ts';
import {
  carrierIdOf,
  itemCountOf,
  shipmentOf,
  type Label,
  type Parcel,
} from '../../core/domain/consignment.ts';
import { CALLS } from '../../core/domain/dispatch-tasks.ts';
import type { Carrier, Carriers } from '../../core/ports/carrier.ts';
import type { ShippingTx } from '../../core/ports/shipping-tx.ts';

const payload = z.object({ orderId: z.string(), attempt: z.int() });
type Wish = z.infer<typeof payload>;

/** The label that was bought; none where the parcel was cancelled in time. */
export type Dispatched = Wish & { readonly label: Label | undefined };

/** The dispatch delay is over: says so under the guard of the order's version, and only then buys the label. */
export const makeDispatch = (
  unitOfWork: UnitOfWork<ShippingTx>,
  carryOut: CarryOut,
  carriers: Carriers,
): TaskHandler<ShippingTx, Dispatched> => {
  /** From its commit on the parcel can't be cancelled; no parcel where it has been. */
  const begin = inBatches(
    async (wishes: readonly Wish[]): Promise<readonly (Parcel | undefined)[]> => {
      const consignments = await unitOfWork.run((tx) =>
        carryOut(
          tx,
          wishes.map(({ orderId, attempt }) => ({ orderId, command: { type: 'begin', attempt } })),
        ),
      );
      return wishes.map(({ orderId, attempt }) => {
        const shipment = shipmentOf(consignments.get(orderId), attempt);
        return shipment?.status === 'labelling' ? shipment.parcel : undefined;
      });
    },
    ({ orderId, attempt }) => `${orderId}:${attempt}`,
  );
  return {
    kind: CALLS.dispatch,
    perform: async (task) => {
      const wish = payload.parse(task.payload);
      const parcel = await begin(wish);
      if (!parcel) return { ...wish, label: undefined };
      const { optionId, address } = parcel;
      const label = await carrierOf(carriers, carrierIdOf(optionId)).buyLabel({
        key: task.key,
        optionId,
        address,
        reference: `${wish.orderId}/${wish.attempt}`,
        itemCount: itemCountOf(parcel),
      });
      return { ...wish, label };
    },
    settle: async (tx, done) => {
      const bought = done.flatMap(({ task, outcome: { orderId, attempt, label } }): Instruction[] =>
        label ? [{ orderId, command: { type: 'labelled', attempt, label }, cause: task.cause }] : [],
      );
      await carryOut(tx, bought);
    },
  };
};

const voidPayload = z.object({ carrierId: z.string(), trackingNumber: z.string() });

/** Gives back labels that came after the cancel. */
export const makeVoidLabel = (carriers: Carriers): TaskHandler<ShippingTx, undefined> => ({
  kind: CALLS.voidLabel,
  perform: async ({ key, payload: wish }) => {
    const { carrierId, trackingNumber } = voidPayload.parse(wish);
    await carrierOf(carriers, carrierId).voidLabel({ key, trackingNumber });
    return undefined;
  },
  settle: () => Promise.resolve(),
});

/** An order with a carrier that is not served any more stays a task, and shows among the stuck ones. */
const carrierOf = (carriers: Carriers, carrierId: string): Carrier => {
  const carrier = carriers.get(carrierId);
  if (!carrier) throw new Error(`there is no carrier ${carrierId}`);
  return carrier;
};
