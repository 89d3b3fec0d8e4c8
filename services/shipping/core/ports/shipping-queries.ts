import type { Consignment } from '../domain/consignment.ts';

/** Reads committed state, for people and for the poller. */
export interface ShippingQueries {
  ofOrder(orderId: string): Promise<Consignment | undefined>;
  /** A page of a carrier's parcels under way, by shipment id. */
  underWay(carrierId: string, limit: number, after?: string): Promise<readonly ParcelUnderWay[]>;
}

export interface ParcelUnderWay {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly attempt: number;
  readonly trackingNumber: string;
  /** Number of the carrier's reports recorded so far. */
  readonly known: number;
}
