import type { Sql } from '#adapters/postgres/sql.ts';
import type { ShippingQueries } from '../../core/ports/shipping-queries.ts';
import { readConsignments } from './consignments.postgres.ts';

interface UnderWayRow {
  readonly shipment_id: string;
  readonly order_id: string;
  readonly attempt: number;
  readonly tracking_id: string;
  readonly known: number;
}

export const postgresShippingQueries = (sql: Sql): ShippingQueries => ({
  ofOrder: async (orderId) => {
    const [found] = await readConsignments(sql, 'o.order_id = $1', orderId);
    return found?.state;
  },
  underWay: async (carrierId, limit, after) => {
    const rows = await sql.query<UnderWayRow>(
      `select shipment_id, order_id, attempt, tracking_id, jsonb_array_length(history) as known
       from shipping.shipments
       where carrier = $1 and status in ('dispatched', 'in_transit', 'out_for_delivery')
         and ($3::uuid is null or shipment_id > $3::uuid)
       order by shipment_id limit $2`,
      [carrierId, limit, after ?? null],
    );
    return rows.map(({ shipment_id, order_id, attempt, tracking_id, known }) => ({
      shipmentId: shipment_id,
      orderId: order_id,
      attempt,
      trackingNumber: tracking_id,
      known,
    }));
  },
});
