import type { Consignment, Shipment } from '../domain/consignment.ts';

/** Reads committed state, for people and for the poller. */
export interface ShippingQueries {
  ofOrder(orderId: string): Promise<Consignment | undefined>;
  /** A customer's parcels that still name them, by shipment ID, which is by age. */
  ofUser(userId: string, limit: number, after?: string): Promise<readonly ParcelSent[]>;
  /** A page of a carrier's parcels under way, by shipment id. */
  underWay(carrierId: string, limit: number, after?: string): Promise<readonly ParcelUnderWay[]>;
}

/** A parcel as its recipient may see it. */
export interface ParcelSent extends Shipment {
  readonly orderId: string;
}

export interface ParcelArchive {
  /** Removes names and addresses from parcels that have ended and were created before. */
  forgetPeople(horizon: Date): Promise<void>;
}

export interface ParcelUnderWay {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly attempt: number;
  readonly trackingNumber: string;
  /** Number of the carrier's reports recorded so far. */
  readonly known: number;
}
