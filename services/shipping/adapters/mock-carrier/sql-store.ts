import type { Sql } from '#adapters/postgres/sql.ts';
import type { CarrierParcel, CarrierStore } from './parcel.ts';

interface Row {
  readonly parcel: CarrierParcel;
}

export const sqlCarrierStore = (sql: Sql): CarrierStore => ({
  keep: async (parcel) => {
    // The update that changes nothing makes an earlier row come back.
    const [row] = await sql.query<Row>(
      `insert into mock_carrier.parcels as p (key, tracking_number, parcel) values ($1, $2, $3::jsonb)
       on conflict (key) do update set key = p.key returning parcel`,
      [parcel.key, parcel.trackingNumber, JSON.stringify(parcel)],
    );
    return row?.parcel ?? parcel;
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
