/** The carriers' own schema, beside shipping's: what the companies would keep. */
export const mockCarrierTables: readonly string[] = [
  'create schema if not exists mock_carrier',
  `create table if not exists mock_carrier.parcels (
     key text primary key,
     tracking_number text not null unique,
     parcel jsonb not null,
     voided boolean not null default false
   )`,
];
