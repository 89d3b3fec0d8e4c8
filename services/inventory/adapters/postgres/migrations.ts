import type { Migration } from '#adapters/postgres/migration.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-stock',
    up: [
      // Hot rows change all the time: room in the page, and no index on what changes, keep that cheap.
      `create table inventory.stock (
         variant_id uuid primary key,
         product_id uuid not null,
         sku text not null,
         stock_count bigint not null,
         reserved_count bigint not null default 0,
         low_stock_threshold bigint not null check (low_stock_threshold >= 0),
         withdrawn boolean not null default false,
         version bigint not null,
         check (reserved_count >= 0 and reserved_count <= stock_count)
       ) with (fillfactor = 70)`,
      'create index stock_product on inventory.stock (product_id)',
      'create index stock_sku on inventory.stock (sku collate "C", variant_id)',
      `create table inventory.products (
         product_id uuid primary key,
         version bigint not null
       )`,
      // Attempt 0 stands for the whole order: it was cancelled.
      `create table inventory.reservations (
         order_id uuid not null,
         attempt integer not null check (attempt >= 0),
         status text not null check (status in ('reserved', 'refused', 'released', 'committed', 'dispatched')),
         lines jsonb not null,
         version integer not null,
         primary key (order_id, attempt)
       )`,
      `create table inventory.adjustments (
         adjustment_id uuid primary key,
         variant_id uuid not null references inventory.stock,
         delta bigint not null,
         reason text not null,
         adjusted_by text not null,
         order_id uuid,
         stock_count bigint not null,
         adjusted_at timestamptz(3) not null
       )`,
      'create index adjustments_newest on inventory.adjustments (variant_id, adjusted_at, adjustment_id)',
    ],
  },
  {
    name: '0002-restocked',
    up: [
      `alter table inventory.reservations drop constraint reservations_status_check`,
      `alter table inventory.reservations add check
         (status in ('reserved', 'refused', 'released', 'committed', 'restocked', 'dispatched'))`,
    ],
  },
];
