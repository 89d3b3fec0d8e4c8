import type { Migration } from '#adapters/postgres/migration.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-carts',
    up: [
      `create table cart.carts (
         cart_id uuid primary key,
         user_id uuid,
         version bigint not null,
         items jsonb not null,
         is_closed boolean not null,
         updated_at timestamptz(3) not null
       )`,
      'create index carts_expiry on cart.carts (updated_at)',
      `create table cart.orders (
         order_id uuid primary key,
         cart_id uuid not null,
         state text not null check (state in ('taken', 'returned', 'cancelled')),
         lines jsonb not null,
         updated_at timestamptz(3) not null
       )`,
      'create index orders_age on cart.orders (updated_at)',
    ],
  },
];
