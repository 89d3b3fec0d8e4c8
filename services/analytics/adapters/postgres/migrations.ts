import type { Migration } from '#adapters/postgres/migration.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-shoppers-and-lake',
    up: [
      // Of an erased user there is no pseudonym, nor ever another one.
      `create table analytics.shoppers (user_id uuid primary key, shopper_id uuid unique)`,
      `create table analytics.lake_rows (
         row_id bigint generated always as identity primary key,
         batch_id uuid,
         body text not null
       )`,
      'create index lake_rows_begun on analytics.lake_rows (batch_id) where batch_id is not null',
    ],
  },
];
