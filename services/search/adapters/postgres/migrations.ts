import type { Migration } from '#adapters/postgres/migration.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-listings',
    up: [
      `create table search.listings (
         product_id uuid primary key,
         revision bigint not null,
         indexed bigint not null default 0,
         version bigint not null default 0,
         product jsonb,
         skus text[] not null default '{}',
         rating_version bigint not null default 0,
         rating jsonb,
         sold bigint not null default 0
       )`,
      'create index listings_pending on search.listings (product_id) where indexed < revision',
      'create index listings_skus on search.listings using gin (skus)',
      `create table search.stock (
         sku text primary key,
         version bigint not null,
         is_available boolean not null
       )`,
      `create table search.rules (
         rule_id uuid primary key,
         version bigint not null,
         content jsonb not null,
         updated_at timestamptz(3) not null
       )`,
    ],
  },
  {
    name: '0002-queries',
    up: [
      `create table search.queries (
         day date not null,
         query text not null,
         count bigint not null,
         primary key (day, query)
       )`,
    ],
  },
  {
    name: '0003-changed-at',
    up: ['alter table search.listings add column changed_at timestamptz(3) not null default now()'],
  },
  {
    name: '0004-sales',
    up: [
      `create table search.sales (
         product_id uuid primary key,
         units bigint not null
       )`,
    ],
  },
];
