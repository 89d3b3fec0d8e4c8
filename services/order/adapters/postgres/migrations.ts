import type { Migration } from '#adapters/postgres/migrate.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-orders',
    up: [
      // The source of truth; the other tables are derived from it in the same statement.
      `create table orders.events (
         order_id uuid not null,
         version integer not null,
         type text not null,
         data jsonb not null,
         occurred_at timestamptz(3) not null,
         primary key (order_id, version)
       )`,
      `create table orders.orders (
         order_id uuid primary key,
         version integer not null,
         user_id uuid not null,
         cart_id uuid not null,
         cart_version integer not null,
         status text not null,
         currency char(3) not null,
         total_amount bigint not null,
         document jsonb not null,
         created_at timestamptz(3) not null,
         updated_at timestamptz(3) not null,
         unique (cart_id, cart_version)
       )`,
      'create index orders_user on orders.orders (user_id, created_at, order_id)',
      'create index orders_status on orders.orders (status, created_at, order_id)',
      `create table orders.order_items (
         order_id uuid not null references orders.orders,
         line_no integer not null,
         product_id uuid not null,
         variant_id uuid not null,
         sku text not null,
         name text not null,
         quantity integer not null,
         price bigint not null,
         tax bigint not null,
         primary key (order_id, line_no)
       )`,
      `create table orders.order_status_history (
         order_id uuid not null references orders.orders,
         seq integer not null,
         status text not null,
         detail text not null,
         at timestamptz(3) not null,
         primary key (order_id, seq)
       )`,
    ],
  },
  {
    name: '0002-views',
    // The document has all that these tables repeated. Instances of the previous version may still insert while they are replaced.
    up: [
      'drop table orders.order_items, orders.order_status_history',
      `create view orders.order_items as
       select order_id, line_no::integer, (line ->> 'productId')::uuid as product_id,
         (line ->> 'variantId')::uuid as variant_id, line ->> 'sku' as sku, line ->> 'name' as name,
         (line ->> 'quantity')::integer as quantity, (line ->> 'priceMinor')::bigint as price,
         (line ->> 'taxMinor')::bigint as tax
       from orders.orders, jsonb_array_elements(document -> 'lines') with ordinality as lines (line, line_no)`,
      `create view orders.order_status_history as
       select order_id, seq::integer, entry ->> 'status' as status, entry ->> 'detail' as detail,
         (entry ->> 'at')::timestamptz(3) as at
       from orders.orders, jsonb_array_elements(document -> 'timeline') with ordinality as entries (entry, seq)`,
      `create function orders.is_derived() returns trigger language plpgsql as $$ begin return null; end $$`,
      `create trigger is_derived instead of insert on orders.order_items
         for each row execute function orders.is_derived()`,
      `create trigger is_derived instead of insert on orders.order_status_history
         for each row execute function orders.is_derived()`,
    ],
  },
  {
    name: '0003-staff-and-guests',
    // Columns of orders from before are filled by a sweep: only code can read documents and histories of every age.
    up: [
      `alter table orders.orders
         add column number text collate "C",
         add column payment_status text,
         add column total numeric,
         add column open_cases jsonb,
         add column on_hold boolean,
         add column listed_version integer`,
      'create unique index orders_number on orders.orders (number)',
      'create index orders_created on orders.orders (created_at, order_id)',
      'create index orders_updated on orders.orders (updated_at, order_id)',
      'create index orders_total on orders.orders (total, order_id)',
      'create index orders_payment on orders.orders (payment_status, created_at, order_id)',
      `create index orders_open_cases on orders.orders (created_at, order_id) where open_cases <> '[]'`,
      'create index orders_on_hold on orders.orders (created_at, order_id) where on_hold',
      `create index orders_unlisted on orders.orders (order_id) where listed_version is distinct from version`,
      // What an order is found by: one index serves e-mail addresses, names, SKUs, tracking numbers, countries and carriers.
      `create table orders.terms (
         term text collate "C" not null,
         order_id uuid not null,
         primary key (term, order_id)
       )`,
      'create index terms_order on orders.terms (order_id, term)',
      'alter table orders.orders alter column user_id drop not null',
      // Only of a guest whose order no user has claimed.
      'alter table orders.orders add column guest_email text',
      `create index orders_guest on orders.orders (guest_email, created_at, order_id) where guest_email is not null`,
      // Which user has proved to own which address, and has left it again.
      `create table orders.proofs (
         user_id uuid not null,
         email text not null,
         proven_at timestamptz(3),
         left_at timestamptz(3),
         primary key (user_id, email)
       )`,
      'create index proofs_email on orders.proofs (email)',
      // The counter is a row of its own, and not a sequence: a number goes back if its unit fails.
      `create table orders.invoices (
         order_id uuid primary key,
         serial integer not null unique,
         issued_at timestamptz(3) not null,
         document jsonb not null
       )`,
      'create table orders.invoice_numbers (series text primary key, last integer not null)',
      // Tags, notes and who works on an order.
      `create table orders.staff_files (
         order_id uuid primary key,
         version integer not null,
         document jsonb not null,
         tags jsonb not null,
         assignee_id uuid
       )`,
      'create index staff_files_tags on orders.staff_files using gin (tags jsonb_path_ops)',
      'create index staff_files_assignee on orders.staff_files (assignee_id) where assignee_id is not null',
      // Figures of some days, which come from these alone.
      'create index orders_sales on orders.orders (created_at) include (currency, total_amount, status)',
      `create index events_refunded on orders.events (occurred_at) where type = 'refunded'`,
    ],
  },
  {
    name: '0004-returns',
    up: [
      `create table orders.returns (
         return_id uuid primary key,
         version integer not null,
         order_id uuid not null,
         state text not null,
         document jsonb not null,
         created_at timestamptz(3) not null
       )`,
      'create index returns_order on orders.returns (order_id, created_at, return_id)',
      'create index returns_created on orders.returns (created_at, return_id)',
      'create index returns_state on orders.returns (state, created_at, return_id)',
    ],
  },
  {
    name: '0005-credit-notes',
    up: [
      `create table orders.credit_notes (
         order_id uuid not null,
         refund_key text not null,
         serial integer not null unique,
         issued_at timestamptz(3) not null,
         document jsonb not null,
         primary key (order_id, refund_key)
       )`,
    ],
  },
  {
    name: '0006-mentions',
    // Notes from before mention nobody.
    up: [
      'alter table orders.staff_files add column mentions jsonb',
      'create index staff_files_mentions on orders.staff_files using gin (mentions jsonb_path_ops)',
    ],
  },
  {
    name: '0007-exchanges',
    up: [
      // Figures tell orders in exchange by their carts.
      `create index orders_sold on orders.orders (created_at)
         include (currency, total_amount, status, order_id, cart_id)`,
      'drop index orders.orders_sales',
    ],
  },
];
