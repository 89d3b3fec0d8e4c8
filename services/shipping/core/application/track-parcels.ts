import type { Addressed } from '#kernel/process.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Carrier } from '../ports/carrier.ts';
import type { ShippingQueries } from '../ports/shipping-queries.ts';
import type { ShippingTx } from '../ports/shipping-tx.ts';
import type { Command } from '../domain/commands.ts';
import type { RunConsignments } from './run-consignments.ts';

const BATCH = 200;

export interface Tracked {
  /** Number of parcels under way in the batch. */
  readonly parcels: number;
  /** Start of the next batch; undefined after the last one. */
  readonly next: string | undefined;
}

/** Polls a carrier about the next batch of parcels under way and records new reports. */
export const makeTrackParcels =
  (queries: ShippingQueries, unitOfWork: UnitOfWork<ShippingTx>, run: RunConsignments) =>
  async (carrierId: string, carrier: Carrier, after?: string): Promise<Tracked> => {
    const parcels = await queries.underWay(carrierId, BATCH, after);
    if (parcels.length === 0) return { parcels: 0, next: undefined };
    const tracked = await carrier.track(parcels.map(({ trackingNumber }) => trackingNumber));
    const news = parcels.flatMap(({ orderId, attempt, known }, index): Addressed<Command>[] => {
      const updates = tracked[index] ?? [];
      return updates.length > known ? [{ id: orderId, command: { type: 'tracked', attempt, updates } }] : [];
    });
    if (news.length > 0) await unitOfWork.run((tx) => run(tx, news));
    return { parcels: parcels.length, next: parcels.length < BATCH ? undefined : parcels.at(-1)?.shipmentId };
  };

export type TrackParcels = ReturnType<typeof makeTrackParcels>;
