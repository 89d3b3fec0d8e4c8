import type { Migration } from '#adapters/postgres/migration.ts';
import { mockCarrierTables } from '../mock-carrier/tables.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-shipments',
    up: [
      // The order is the aggregate: its version also guards its shipments.
      `create table shipping.orders (
         order_id uuid primary key,
         version integer not null,
         paid boolean not null,
         cancelled boolean not null
       )`,
      `create table shipping.shipments (
         shipment_id uuid primary key,
         order_id uuid not null references shipping.orders,
         attempt integer not null,
         status text not null,
         user_id uuid,
         carrier text,
         parcel jsonb,
         tracking_id text,
         estimated_delivery date,
         labelled_at timestamptz(3),
         history jsonb not null,
         unique (order_id, attempt)
       )`,
      `create index shipments_under_way on shipping.shipments (carrier, shipment_id)
         where status in ('dispatched', 'in_transit', 'out_for_delivery')`,
    ],
  },
  { name: '0002-mock-carrier', up: mockCarrierTables },
  {
    name: '0003-people-and-instructions',
    up: [
      'create index shipments_user on shipping.shipments (user_id, shipment_id)',
      // What staff say about the dispatch.
      `alter table shipping.shipments
         add column handling text not null default 'scheduled',
         add column instruction integer not null default 0`,
    ],
  },
  {
    name: '0004-corrected-addresses',
    up: [
      `alter table shipping.shipments
         add column correction integer not null default 0,
         add column address jsonb`,
    ],
  },
];
