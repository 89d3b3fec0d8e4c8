import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { idAt } from '../../core/application/personal-data.ts';
import { ENDED, NOBODY } from '../../core/domain/consignment.ts';
import type { ParcelArchive, ShippingQueries } from '../../core/ports/shipping-queries.ts';
import { readConsignments, readShipmentsOfUser } from './consignments.postgres.ts';

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
  ofUser: (userId, limit, after) => readShipmentsOfUser(sql, userId, limit, after),
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

/** Parcels in one statement: few enough not to block others. */
const CHUNK = 1_000;

/** As `withoutPeople`. */
const FORGET = `
  update shipping.shipments set user_id = $4, parcel = parcel || jsonb_build_object(
    'customer', jsonb_build_object('userId', $4::text, 'email', '', 'name', ''),
    'address', jsonb_build_object('recipient', '', 'line1', '', 'city', '', 'postalCode', '',
      'country', parcel -> 'address' -> 'country'))
  where shipment_id in
    (select shipment_id from shipping.shipments
     where user_id <> $4 and status = any($3::text[]) and shipment_id < $1 limit $2)
  returning 1`;

/** @param recent absent where another process may change parcels */
export const postgresParcelArchive = (sql: Sql, recent?: Recent): ParcelArchive => ({
  forgetPeople: async (horizon) => {
    for (;;) {
      const changed = await sql.query(FORGET, [idAt(horizon), CHUNK, ENDED, NOBODY]);
      if (changed.length > 0) recent?.clear();
      if (changed.length < CHUNK) return;
    }
  },
});
