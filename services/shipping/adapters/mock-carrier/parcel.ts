import type { Address, CarrierStatus } from '../../core/domain/consignment.ts';

/** A parcel as its carrier keeps it. What will become of it is settled when the label is bought. */
export interface CarrierParcel {
  /** Under which the label was bought. */
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

/** What the carriers remember. */
export interface CarrierStore {
  /** Keeps parcels of different keys, but for those whose key is taken; answers what is kept, in the order asked. */
  keep(parcels: readonly CarrierParcel[]): Promise<readonly CarrierParcel[]>;
  /** Parcels whose labels were given back are not found any more. */
  forget(trackingNumber: string): Promise<void>;
  /** In no order. */
  find(trackingNumbers: readonly string[]): Promise<readonly CarrierParcel[]>;
}
