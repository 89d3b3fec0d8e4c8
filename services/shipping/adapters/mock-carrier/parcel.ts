import type { Address, CarrierStatus } from '../../core/domain/consignment.ts';

/** A parcel at its carrier. Its journey is determined when the label is bought. */
export interface CarrierParcel {
  /** Key under which the label was bought. */
  readonly key: string;
  readonly carrierId: string;
  readonly serviceId: string;
  readonly trackingNumber: string;
  readonly reference: string;
  readonly address: Address;
  readonly itemCount: number;
  /** RFC 3339. */
  readonly boughtAt: string;
  /** A date. */
  readonly estimatedDelivery: string;
  readonly journey: readonly Milestone[];
}

export interface Milestone {
  readonly status: CarrierStatus;
  readonly description: string;
  /** RFC 3339. */
  readonly at: string;
}

/** The carriers' state. */
export interface CarrierStore {
  /** Stores parcels unless their key exists; returns the stored ones, in the order of the request. */
  keep(parcels: readonly CarrierParcel[]): Promise<readonly CarrierParcel[]>;
  /** Parcels with voided labels are no longer found. */
  forget(trackingNumber: string): Promise<void>;
  /** In no particular order. */
  find(trackingNumbers: readonly string[]): Promise<readonly CarrierParcel[]>;
}
