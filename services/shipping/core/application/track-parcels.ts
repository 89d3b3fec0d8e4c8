import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Carrier } from '../ports/carrier.ts';
import type { ShippingQueries } from '../ports/shipping-queries.ts';
import type { ShippingTx } from '../ports/shipping-tx.ts';
import type { CarryOut, Instruction } from './carry-out.ts';

const BATCH = 200;

/**
 * Asks a carrier about its next parcels under way and announces what is new. Answers where the next batch begins;
 * undefined when all were asked about.
 */
export const makeTrackParcels =
  (queries: ShippingQueries, unitOfWork: UnitOfWork<ShippingTx>, carryOut: CarryOut) =>
  async (carrierId: string, carrier: Carrier, after?: string): Promise<string | undefined> => {
    const parcels = await queries.underWay(carrierId, BATCH, after);
    if (parcels.length === 0) return undefined;
    const reports = await carrier.track(parcels.map(({ trackingNumber }) => trackingNumber));
    const news = parcels.flatMap(({ orderId, attempt, reports: recorded }, index): Instruction[] => {
      const updates = reports[index] ?? [];
      return updates.length > recorded ? [{ orderId, command: { type: 'tracked', attempt, updates } }] : [];
    });
    if (news.length > 0) await unitOfWork.run((tx) => carryOut(tx, news));
    return parcels.length < BATCH ? undefined : parcels.at(-1)?.shipmentId;
  };

export type TrackParcels = ReturnType<typeof makeTrackParcels>;
