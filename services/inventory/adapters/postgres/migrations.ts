import type { Migration } from '#adapters/postgres/migration.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-stock',
    up: [
      // These rows change constantly: free space in the page, and no index on changing columns, keep updates cheap.
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
      // Attempt 0 is the whole order: it was cancelled.
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
  {
    name: '0003-stock-by-sku',
    up: [
      'alter table inventory.adjustments drop constraint adjustments_variant_id_fkey',
      'alter table inventory.stock rename to stock_of_variants',
      'drop index inventory.stock_product, inventory.stock_sku',
      `create table inventory.stock (
         sku text collate "C" primary key,
         stock_count bigint not null,
         reserved_count bigint not null default 0,
         low_stock_threshold bigint not null check (low_stock_threshold >= 0),
         version bigint not null,
         check (reserved_count >= 0 and reserved_count <= stock_count)
       ) with (fillfactor = 70)`,
      // A SKU that came back got a second row with its initial stock. The initial stock of a row is its stock without its
      // movements; only that of the first row was real goods. If more was sold than that, none remain.
      `with shipped as (
         select (line ->> 'variantId')::uuid as variant_id, sum((line ->> 'quantity')::bigint) as units
         from inventory.reservations, jsonb_array_elements(lines) as line
         where status in ('committed', 'restocked') group by 1
       ), adjusted as (
         select variant_id, sum(delta) as units from inventory.adjustments group by 1
       ), rows as (
         select o.*, o.stock_count - coalesce(a.units, 0) + coalesce(g.units, 0) as first_count,
           row_number() over (partition by sku order by variant_id) as turn
         from inventory.stock_of_variants o left join adjusted a using (variant_id) left join shipped g using (variant_id)
       )
       insert into inventory.stock (sku, stock_count, reserved_count, low_stock_threshold, version)
       select sku,
         greatest(sum(reserved_count), sum(stock_count) - coalesce(sum(first_count) filter (where turn > 1), 0)),
         sum(reserved_count), (array_agg(low_stock_threshold order by withdrawn, turn desc))[1], sum(version)
       from rows group by sku`,
      `create table inventory.variants (
         variant_id uuid primary key,
         product_id uuid not null,
         sku text collate "C" not null references inventory.stock,
         withdrawn boolean not null
       )`,
      `insert into inventory.variants select variant_id, product_id, sku, withdrawn from inventory.stock_of_variants`,
      'create index variants_product on inventory.variants (product_id)',
      'create index variants_sku on inventory.variants (sku, variant_id)',
      'alter table inventory.adjustments add foreign key (variant_id) references inventory.variants',
      'drop table inventory.stock_of_variants',
      // Services that follow the availability of SKUs do not know it for stock from before that event.
      'create table inventory.unpublished (sku text collate "C" primary key)',
      'insert into inventory.unpublished select sku from inventory.stock',
    ],
  },
  {
    name: '0004-labels',
    up: [
      `create table inventory.labels (
         variant_id uuid primary key,
         sku text collate "C" not null,
         name text not null,
         attributes jsonb not null,
         category_ids jsonb not null,
         category_path jsonb not null,
         image text,
         terms tsvector not null
       )`,
      'create index labels_terms on inventory.labels using gin (terms)',
      'create index labels_categories on inventory.labels using gin (category_ids jsonb_path_ops)',
      // The names of variants from before are asked for.
      'create table inventory.unlabelled (variant_id uuid primary key)',
      'insert into inventory.unlabelled select variant_id from inventory.variants',
      // Only the few that hold units now.
      `create index reservations_open on inventory.reservations
         using gin (jsonb_path_query_array(lines, '$[*].variantId')) where status = 'reserved'`,
      'create index adjustments_log on inventory.adjustments (adjusted_at, adjustment_id)',
      'create index adjustments_by_actor on inventory.adjustments (adjusted_by, adjusted_at, adjustment_id)',
      'create index adjustments_by_reason on inventory.adjustments (reason, adjusted_at, adjustment_id)',
      `create index adjustments_of_returns on inventory.adjustments (adjusted_at, adjustment_id)
         where order_id is not null`,
    ],
  },
  {
    name: '0005-counts',
    up: [
      // Services that follow the counts of SKUs do not know them for stock from before that event.
      'create table inventory.uncounted (sku text collate "C" primary key)',
      'insert into inventory.uncounted select sku from inventory.stock',
    ],
  },
];
