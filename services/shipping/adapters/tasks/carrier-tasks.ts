import { z } from 'zod';
import { commandsInBatches } from '#adapters/batching/commands-in-batches.ts';
import type { Addressed } from '#kernel/process.ts';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { RunConsignments } from '../../core/application/run-consignments.ts';
import type { Command } from '../../core/domain/commands.ts';
import {
  carrierIdOf,
  itemCountOf,
  shipmentOf,
  type Label,
  type Parcel,
} from '../../core/domain/consignment.ts';
import { CALLS, labelKey } from '../../core/domain/tasks.ts';
import type { Carrier, Carriers } from '../../core/ports/carrier.ts';
import type { ShippingTx } from '../../core/ports/shipping-tx.ts';

const payload = z.object({ orderId: z.string(), attempt: z.int() });
type Dispatch = z.infer<typeof payload>;

/** The purchased label; none if the parcel was cancelled in time. */
export type Dispatched = Dispatch & { readonly label: Label | undefined };

/** The dispatch delay is over: records that under the order's version, and only then buys the label. */
export const makeDispatch = (
  unitOfWork: UnitOfWork<ShippingTx>,
  run: RunConsignments,
  carriers: Carriers,
): TaskHandler<ShippingTx, Dispatched> => {
  const execute = commandsInBatches(unitOfWork, run);
  /** Once committed, the parcel can no longer be cancelled. No parcel if it was cancelled before. */
  const begin = async ({ orderId, attempt }: Dispatch): Promise<Parcel | undefined> => {
    const outcome = await execute({ id: orderId, command: { type: 'begin', attempt } });
    const shipment = outcome.ok ? shipmentOf(outcome.value.state, attempt) : undefined;
    return shipment?.status === 'labelling' ? shipment.parcel : undefined;
  };
  return {
    kind: CALLS.dispatch,
    perform: async (task) => {
      const due = payload.parse(task.payload);
      const parcel = await begin(due);
      if (!parcel) return { ...due, label: undefined };
      const { optionId, address } = parcel;
      const label = await carrierOf(carriers, carrierIdOf(optionId)).buyLabel({
        key: labelKey(due.orderId, due.attempt),
        optionId,
        address,
        reference: `${due.orderId}/${due.attempt}`,
        itemCount: itemCountOf(parcel),
      });
      return { ...due, label };
    },
    settle: async (tx, done) => {
      const bought = done.flatMap(({ task, outcome: { orderId, attempt, label } }): Addressed<Command>[] =>
        label ? [{ id: orderId, command: { type: 'labelled', attempt, label }, cause: task.cause }] : [],
      );
      await run(tx, bought);
    },
  };
};

const voidPayload = z.object({ carrierId: z.string(), trackingNumber: z.string() });

/** Voids labels that arrived after the cancellation. */
export const makeVoidLabel = (carriers: Carriers): TaskHandler<ShippingTx, undefined> => ({
  kind: CALLS.voidLabel,
  perform: async (task) => {
    const { carrierId, trackingNumber } = voidPayload.parse(task.payload);
    await carrierOf(carriers, carrierId).voidLabel({ key: task.key, trackingNumber });
    return undefined;
  },
  settle: () => Promise.resolve(),
});

/** An order for a carrier that is no longer supported stays a task, and is reported as stuck. */
const carrierOf = (carriers: Carriers, carrierId: string): Carrier => {
  const carrier = carriers.get(carrierId);
  if (!carrier) throw new Error(`there is no carrier ${carrierId}`);
  return carrier;
};
