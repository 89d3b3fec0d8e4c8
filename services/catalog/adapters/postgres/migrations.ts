import { chunkTable } from '#adapters/postgres/chunks.ts';
import { documentTables } from '#adapters/postgres/documents.ts';
import type { Migration } from '#adapters/postgres/migrate.ts';
import { listByTags } from './product-lists.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-products',
    up: [
      // `document` holds the whole product; the other columns are those that lists filter, sort and show.
      `create table catalog.products (
         product_id uuid primary key,
         version integer not null,
         document jsonb not null,
         name text not null,
         brand text not null,
         category text not null,
         subcategory text not null,
         tags text[] not null,
         image text,
         price_from bigint not null,
         currency char(3) not null,
         variant_count integer not null,
         created_at timestamptz(3) not null
       )`,
      'create index products_newest on catalog.products (created_at, product_id)',
      'create index products_price on catalog.products (price_from, product_id)',
      'create index products_name on catalog.products (name collate "C", product_id)',
      'create index products_category on catalog.products (category, subcategory, created_at, product_id)',
      'create index products_brand on catalog.products (brand)',
      'create index products_tags on catalog.products using gin (tags)',
      `create table catalog.variants (
         variant_id uuid primary key,
         product_id uuid not null references catalog.products on delete cascade,
         sku text not null unique,
         name text not null,
         image text,
         price bigint not null,
         currency char(3) not null
       )`,
      'create index variants_product on catalog.variants (product_id)',
    ],
  },
  {
    name: '0002-json',
    up: [
      // The JSON that clients get. `json_source` is its format and the version of the product it was made from (`1.7`).
      // `image` and `variant_count` are read by the previous release only.
      'alter table catalog.products add column summary_json text, add column detail_json text, add column json_source text',
    ],
  },
  {
    name: '0003-full',
    up: [
      // Categories, collections, price lists and imports.
      ...documentTables('catalog', 'refresh'),
      chunkTable('catalog'),
      // As of the last change of the product; offers compare the times themselves. A product of the previous release has no category
      // until it is filed.
      `alter table catalog.products
         add column stage text not null default 'published',
         add column publish_at timestamptz(3),
         add column unpublish_at timestamptz(3),
         add column due_at timestamptz(3),
         add column category_id uuid`,
      // Public lists, however many products are hidden. The indexes of all products serve staff.
      `create index products_visible_newest on catalog.products (created_at, product_id) where stage = 'published'`,
      `create index products_visible_price on catalog.products (price_from, product_id) where stage = 'published'`,
      `create index products_visible_name on catalog.products (name collate "C", product_id) where stage = 'published'`,
      `create index products_visible_category on catalog.products (category, subcategory, created_at, product_id)
         where stage = 'published'`,
      `create index products_visible_brand on catalog.products (brand, created_at, product_id) where stage = 'published'`,
      // Lists for staff. Products of earlier releases have the first moment and no terms until the background job stores them again.
      `alter table catalog.products
         add column updated_at timestamptz(3) not null default '1970-01-01Z',
         add column terms tsvector`,
      'create index products_updated on catalog.products (updated_at, product_id)',
      'create index products_stage on catalog.products (stage, updated_at, product_id)',
      'create index products_terms on catalog.products using gin (terms)',
      'create index products_due on catalog.products (due_at, product_id) where due_at is not null',
      `create index products_visible_own_category on catalog.products (category_id) where stage = 'published'`,
      'create index products_unfiled on catalog.products (product_id) where category_id is null',
      'alter table catalog.variants add column list_prices jsonb',
      'create index variants_list_prices on catalog.variants using gin (list_prices jsonb_path_ops)',
      // A product once per category in its path and per tag, with the values that lists sort by. Without a foreign key, which would
      // take a tenth of the time of an import: rows that the previous release leaves when it deletes a product join none. Rows of
      // products that it writes meanwhile come with the background job.
      `create table catalog.product_lists (
         list_id uuid not null,
         product_id uuid not null,
         is_visible boolean not null,
         created_at timestamptz(3) not null,
         name text not null,
         price_from bigint not null,
         primary key (list_id, product_id)
       )`,
      listByTags('true'),
      `create index product_lists_newest on catalog.product_lists (list_id, created_at, product_id)
         where is_visible`,
      `create index product_lists_price on catalog.product_lists (list_id, price_from, product_id)
         where is_visible`,
      `create index product_lists_name on catalog.product_lists (list_id, name collate "C", product_id)
         where is_visible`,
    ],
  },
  {
    name: '0004-ratings',
    // Not in the stored JSON: a review then changes one small value, and no version. Null until the product is rated.
    up: ['alter table catalog.products add column rating jsonb'],
  },
];
