import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { carrierIdOf, UNDER_WAY, type Consignment } from '../../core/domain/consignment.ts';
import type { ParcelUnderWay, ShippingQueries } from '../../core/ports/shipping-queries.ts';
import type { ConsignmentRepository } from '../../core/ports/shipping-tx.ts';

const consignmentsOf = (tables: MemoryTables) => tables.table<Consignment>('consignments');

export const memoryConsignmentRepository = (tx: MemoryTransaction): ConsignmentRepository => ({
  find: (orderIds) => {
    const found = orderIds.flatMap((orderId) => consignmentsOf(tx).get(orderId) ?? []);
    return Promise.resolve(new Map(found.map((consignment) => [consignment.orderId, consignment])));
  },
  save: async (...consignments) => {
    for (const consignment of consignments) {
      const before = consignmentsOf(tx).get(consignment.orderId)?.version ?? 0;
      if (consignment.version <= before) throw new VersionConflict('orders');
      consignmentsOf(tx).put(consignment.orderId, consignment);
    }
    await Promise.resolve();
  },
});

const parcelsUnderWay = ({ orderId, shipments }: Consignment, carrierId: string): ParcelUnderWay[] =>
  shipments.flatMap(({ shipmentId, attempt, status, parcel, label, history }) =>
    label && parcel && carrierIdOf(parcel.optionId) === carrierId && UNDER_WAY.includes(status)
      ? [{ shipmentId, orderId, attempt, trackingNumber: label.trackingNumber, reports: history.length }]
      : [],
  );

export const memoryShippingQueries = ({ committed }: MemoryDatabase): ShippingQueries => ({
  ofOrder: (orderId) => Promise.resolve(consignmentsOf(committed).get(orderId)),
  underWay: (carrierId, limit, after = '') =>
    Promise.resolve(
      consignmentsOf(committed)
        .find()
        .flatMap((consignment) => parcelsUnderWay(consignment, carrierId))
        .filter(({ shipmentId }) => shipmentId > after)
        .sort((a, b) => (a.shipmentId < b.shipmentId ? -1 : 1))
        .slice(0, limit),
    ),
});
