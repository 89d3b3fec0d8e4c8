import { isDeepStrictEqual } from 'node:util';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { productJson } from '#catalog/adapters/http/mapping.ts';
import { formatOf } from '#catalog/adapters/postgres/product-repository.postgres.ts';
import { tagListSql } from '#catalog/adapters/postgres/product-lists.ts';
import type { Product, Variant } from '#catalog/core/domain/product.ts';
import { fromDocument, type ProductDocument } from '#catalog/core/domain/product-document.ts';
import { wordsOfProduct } from '#catalog/core/domain/terms.ts';

/** Root categories, with equal shares of the products. */
export const ROOTS = 10;
/** In each root, with equal shares of its products. */
export const SUBCATEGORIES = 2;
/** Brands and tags of 95 % of the products. */
export const COMMON = 20;
/** Brands and tags of the others. */
export const RARE = 25;
export const ADJECTIVES = 'Amber Broad Calm Deep Early Fine Grand Huge Ideal Jolly'.split(' ');
export const NOUNS = 'Anvil Bench Chair Drill Easel Flask Globe Helmet Iron Jug'.split(' ');

/** The kinds of ID, each with a digit that its IDs begin with. */
const KINDS = { product: 1, small: 2, medium: 3, root: 4, subcategory: 5 } as const;

const prefixOf = (kind: keyof typeof KINDS): string => `${KINDS[kind]}0000000-0000-7000-8000-`;
export const idOf = (kind: keyof typeof KINDS, number: number): string =>
  prefixOf(kind) + number.toString(16).padStart(12, '0');
const sqlId = (kind: keyof typeof KINDS, number: string): string =>
  `'${prefixOf(kind)}' || lpad(to_hex(${number}), 12, '0')`;

const isoOf = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What stands for the values of a product in the JSON of `PATTERN`, and the SQL for each. */
const MARKS = {
  productId: ['{product}', 'product_id'],
  small: ['{small}', 'small_id'],
  medium: ['{medium}', 'medium_id'],
  root: ['{root}', 'root_id'],
  own: ['{own}', 'own_id'],
  name: ['{name}', 'name'],
  brand: ['{brand}', 'brand'],
  category: ['{category}', 'category'],
  subcategory: ['{subcategory}', 'subcategory'],
  tag: ['{tag}', 'tag'],
  sku: ['{sku}', 'sku'],
  status: ['published', 'stage'],
  createdAt: ['2001-01-01T00:00:00.000Z', isoOf('created_at')],
  updatedAt: ['2002-01-01T00:00:00.000Z', isoOf('updated_at')],
  minor: ['7391846', 'price::text'],
  decimal: ['73918.46', 'trim_scale(price / 100.0)::text'],
} as const;

const mark = (of: keyof typeof MARKS): string => MARKS[of][0];

const variant = (id: 'small' | 'medium', size: string): Variant => ({
  variantId: mark(id),
  sku: `${mark('sku')}-${size}`,
  attributes: { size, colour: 'Red' },
  price: { minor: Number(mark('minor')), currency: 'EUR' },
  listPrices: [],
  pictures: [{ url: '/media/samples/box~aabbcc~Bench.svg', alt: 'A box' }],
  initialStock: 5,
});

const PATTERN: Product = {
  productId: mark('productId'),
  version: 1,
  name: mark('name'),
  description: 'Made to be measured, and described at the length of two or three sentences. '.repeat(3),
  category: mark('category'),
  subcategory: mark('subcategory'),
  categoryIds: [mark('root'), mark('own')],
  categoryPath: [mark('category'), mark('subcategory')],
  tags: ['bench', mark('tag')],
  brand: mark('brand'),
  specifications: { weight: '1 kg', origin: 'Here' },
  variants: [variant('small', 'S'), variant('medium', 'M')],
  former: [],
  related: [],
  status: 'published',
  createdAt: new Date(mark('createdAt')),
  updatedAt: new Date(mark('updatedAt')),
};

const marks = Object.values(MARKS);
const marked = marks.map(([, value]) => value).join(', ');

/** SQL for the JSON of a product, from that of the pattern. */
const filled = (json: string): string =>
  `format('${marks.reduce((text, [of], at) => text.replaceAll(of, `%${at + 1}$s`), json)}', ${marked})`;

const anyOf = (words: readonly string[]): string =>
  `(array['${words.join(`','`)}'])[1 + floor(random() * ${words.length})::int]`;
const rareOrCommon = (name: string): string =>
  `case when random() < 0.05 then 'Rare ${name} ' || floor(random() * ${RARE})
   else '${name} ' || floor(random() * ${COMMON}) end`;

const valuesOf = (count: number): string => `
  create temporary table drawn on commit drop as
  select n, (${sqlId('product', 'n')}) as product_id, (${sqlId('small', 'n')}) as small_id, (${sqlId('medium', 'n')}) as medium_id,
    (${sqlId('root', 'root')}) as root_id, (${sqlId('subcategory', `root * ${SUBCATEGORIES} + sub`)}) as own_id,
    'Root ' || root as category, 'Row ' || sub as subcategory, adjective || ' ' || noun || ' ' || n as name,
    brand, tag, 'B' || lpad(n::text, 7, '0') as sku, stage, price, created_at, (created_at + random() * interval '90 days')::timestamptz(3) as updated_at
  from (
    select n, floor(random() * ${ROOTS})::int as root, floor(random() * ${SUBCATEGORIES})::int as sub,
      ${anyOf(ADJECTIVES)} as adjective, ${anyOf(NOUNS)} as noun, ${rareOrCommon('Maker')} as brand, ${rareOrCommon('Tag')} as tag,
      case when random() < 0.05 then 'draft' else 'published' end as stage, 100 + floor(random() * 50000)::int as price,
      (timestamptz '2026-01-01Z' - random() * interval '1000 days')::timestamptz(3) as created_at
    from generate_series(0, ${count - 1}) as n
  ) as basic`;

/** Those of `wordsOfProduct`. */
const TERMS = `array_to_tsvector(
  string_to_array(lower(name || ' ' || brand || ' ' || sku || ' s m'), ' ')
  || array[lower(sku) || '-s', lower(sku) || '-m', '#' || lower(sku) || '-s', '#' || lower(sku) || '-m'])`;

const FILL = `
  insert into catalog.products (product_id, version, document, name, brand, category, subcategory, tags, image, price_from,
    currency, variant_count, created_at, summary_json, detail_json, json_source, stage, category_id, updated_at, terms)
  select product_id::uuid, 1, (${filled(JSON.stringify(PATTERN))})::jsonb, name, brand, category, subcategory, array['bench', tag],
    '/media/samples/box~aabbcc~Bench.svg', price, 'EUR', 2, created_at, ${filled(productJson.summary(PATTERN))},
    ${filled(productJson.detail(PATTERN))}, '${formatOf(productJson)}1', stage, own_id::uuid, updated_at, ${TERMS}
  from drawn;
  insert into catalog.variants (variant_id, product_id, sku, name, image, price, currency)
  select id::uuid, product_id::uuid, sku || '-' || size, name || ' (' || size || ', Red)', '/media/samples/box~aabbcc~Bench.svg', price, 'EUR'
  from drawn, lateral (values (small_id, 'S'), (medium_id, 'M')) as variants (id, size);
  insert into catalog.product_lists (list_id, product_id, is_visible, created_at, name, price_from)
  select id, product_id::uuid, stage = 'published', created_at, name, price
  from drawn, lateral (values
    (root_id::uuid), (own_id::uuid), (${tagListSql(`'bench'`)}), (${tagListSql('tag')})) as lists (id)`;

const SAMPLE = 20;

/** @throws {Error} if the service would store a generated product otherwise */
const check = async (database: SqlDatabase): Promise<void> => {
  const rows = await database.query<{
    document: ProductDocument;
    summary_json: string;
    detail_json: string;
    words: readonly string[];
  }>(
    `select document, summary_json, detail_json, tsvector_to_array(terms) as words from catalog.products limit ${SAMPLE}`,
  );
  for (const { document, summary_json, detail_json, words } of rows) {
    const product = fromDocument(document);
    const generated = [JSON.parse(summary_json), JSON.parse(detail_json), new Set(words)];
    const stored = [
      JSON.parse(productJson.summary(product)),
      JSON.parse(productJson.detail(product)),
      new Set(wordsOfProduct(product)),
    ];
    if (!isDeepStrictEqual(generated, stored)) throw new Error(JSON.stringify({ generated, stored }));
  }
};

/** Fills an empty catalog with `count` products of two variants each, 5 % of them drafts: the same for each run. */
export const generateProducts = async (database: SqlDatabase, count: number): Promise<void> => {
  const indexes = await database.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'catalog' and tablename in ('products', 'variants', 'product_lists')
       and indexdef not like 'CREATE UNIQUE%'`,
  );
  // A million products take minutes if indexes are built afterwards and foreign keys are not checked.
  await database.script(`
    begin;
    set local session_replication_role = replica;
    set local jit = off;
    set local maintenance_work_mem = '1GB';
    ${indexes.map(({ name }) => `drop index catalog.${name};`).join('\n')}
    select setseed(0.5);
    ${valuesOf(count)};
    ${FILL};
    ${indexes.map(({ definition }) => `${definition};`).join('\n')}
    commit`);
  await database.script('vacuum analyze');
  await database.script('checkpoint');
  await check(database);
};
