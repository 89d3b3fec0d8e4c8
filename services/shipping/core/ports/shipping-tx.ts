import type { Aggregates } from '#kernel/process.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Consignment } from '../domain/consignment.ts';
import type { ShippingEvent } from '../domain/events.ts';

/** Shipping's unit of work. */
export interface ShippingTx extends BaseTx {
  /** By order id. */
  readonly consignments: ConsignmentRepository;
}

export type ConsignmentRepository = Aggregates<Consignment, ShippingEvent>;
