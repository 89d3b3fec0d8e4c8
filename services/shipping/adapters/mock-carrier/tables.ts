/** The carriers' own schema, separate from shipping's: the carriers would own it. */
export const mockCarrierTables: readonly string[] = [
  'create schema if not exists mock_carrier',
  `create table if not exists mock_carrier.parcels (
     key text primary key,
     tracking_number text not null unique,
     parcel jsonb not null,
     voided boolean not null default false
   )`,
];
