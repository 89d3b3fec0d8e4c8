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
];
