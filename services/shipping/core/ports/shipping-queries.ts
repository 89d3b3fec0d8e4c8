import type { Consignment } from '../domain/consignment.ts';

/** Reads for people and for the poller; they see what is committed. */
export interface ShippingQueries {
  ofOrder(orderId: string): Promise<Consignment | undefined>;
  /** A carrier's parcels under way, by shipment id, after that of the page before. */
  underWay(carrierId: string, limit: number, after?: string): Promise<readonly ParcelUnderWay[]>;
}

export interface ParcelUnderWay {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly attempt: number;
  readonly trackingNumber: string;
  /** How much of the carrier's news is recorded. */
  readonly known: number;
}
