import type { Sql } from '#adapters/postgres/sql.ts';
import type { CarrierParcel, CarrierStore } from './parcel.ts';

interface Row {
  readonly parcel: CarrierParcel;
}

export const sqlCarrierStore = (sql: Sql): CarrierStore => ({
  keep: async (parcels) => {
    // The no-op update makes RETURNING include the existing row.
    const rows = await sql.query<Row>(
      `insert into mock_carrier.parcels as p (key, tracking_number, parcel)
       select * from unnest($1::text[], $2::text[], $3::jsonb[])
       on conflict (key) do update set key = p.key returning parcel`,
      [
        parcels.map(({ key }) => key),
        parcels.map(({ trackingNumber }) => trackingNumber),
        parcels.map((parcel) => JSON.stringify(parcel)),
      ],
    );
    const kept = new Map(rows.map(({ parcel }) => [parcel.key, parcel]));
    return parcels.map((parcel) => kept.get(parcel.key) ?? parcel);
  },
  forget: async (trackingNumber) => {
    await sql.query('update mock_carrier.parcels set voided = true where tracking_number = $1', [
      trackingNumber,
    ]);
  },
  find: async (trackingNumbers) => {
    const rows = await sql.query<Row>(
      'select parcel from mock_carrier.parcels where tracking_number = any($1::text[]) and not voided',
      [trackingNumbers],
    );
    return rows.map(({ parcel }) => parcel);
  },
});
