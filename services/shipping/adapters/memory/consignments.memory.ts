import { aggregatesOf, memoryAggregates } from '#adapters/memory/aggregates.ts';
import type { MemoryDatabase, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import {
  carrierIdOf,
  ENDED,
  UNDER_WAY,
  withoutPeople,
  type Consignment,
} from '../../core/domain/consignment.ts';
import type { ParcelArchive, ParcelUnderWay, ShippingQueries } from '../../core/ports/shipping-queries.ts';
import { idAt } from '../../core/application/personal-data.ts';
import type { ConsignmentRepository } from '../../core/ports/shipping-tx.ts';

export const memoryConsignmentRepository = (tx: MemoryTransaction): ConsignmentRepository =>
  memoryAggregates(tx, 'orders');

export const memoryShippingQueries = ({ committed }: MemoryDatabase): ShippingQueries => {
  const consignments = aggregatesOf<Consignment>(committed, 'orders');
  return {
    ofOrder: (orderId) => Promise.resolve(consignments.get(orderId)?.state),
    ofUser: (userId, limit, after = '') =>
      Promise.resolve(
        consignments
          .find()
          .flatMap(({ state: { orderId, shipments } }) =>
            shipments.map((shipment) => ({ ...shipment, orderId })),
          )
          .filter(({ parcel, shipmentId }) => parcel?.customer.userId === userId && shipmentId > after)
          .sort((a, b) => (a.shipmentId < b.shipmentId ? -1 : 1))
          .slice(0, limit),
      ),
    underWay: (carrierId, limit, after = '') =>
      Promise.resolve(
        consignments
          .find()
          .flatMap(({ state }) => parcelsUnderWay(state, carrierId))
          .filter(({ shipmentId }) => shipmentId > after)
          .sort((a, b) => (a.shipmentId < b.shipmentId ? -1 : 1))
          .slice(0, limit),
      ),
  };
};

const parcelsUnderWay = ({ orderId, shipments }: Consignment, carrierId: string): ParcelUnderWay[] =>
  shipments.flatMap(({ shipmentId, attempt, status, parcel, label, history }) =>
    label && parcel && carrierIdOf(parcel.optionId) === carrierId && UNDER_WAY.includes(status)
      ? [{ shipmentId, orderId, attempt, trackingNumber: label.trackingNumber, known: history.length }]
      : [],
  );

export const memoryParcelArchive = (database: MemoryDatabase): ParcelArchive => ({
  forgetPeople: (horizon) =>
    database.transaction(async (tx) => {
      const rows = aggregatesOf<Consignment>(tx, 'orders');
      for (const { state, version } of rows.find()) {
        const shipments = state.shipments.map((shipment) =>
          shipment.parcel && ENDED.includes(shipment.status) && shipment.shipmentId < idAt(horizon)
            ? { ...shipment, parcel: withoutPeople(shipment.parcel) }
            : shipment,
        );
        rows.put(state.orderId, { state: { ...state, shipments }, version });
      }
      await Promise.resolve();
    }),
});
