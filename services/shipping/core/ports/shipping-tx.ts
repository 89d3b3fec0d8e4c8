import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Consignment } from '../domain/consignment.ts';

/** Shipping's unit of work. */
export interface ShippingTx extends BaseTx {
  readonly consignments: ConsignmentRepository;
}

export interface ConsignmentRepository {
  /** What is known of the orders, by order id. */
  find(orderIds: readonly string[]): Promise<ReadonlyMap<string, Consignment>>;
  /** The unit fails as a `VersionConflict` when one of them was changed since it was found. */
  save(...consignments: readonly Consignment[]): Promise<void>;
}
