import { breathe } from '#adapters/system/breath.ts';
import { trackChange } from '#adapters/postgres/recall.ts';
import { fromJsonSequence, jsonSequence } from '#adapters/postgres/json-sequence.ts';
import type { SqlTransaction, Write } from '#adapters/postgres/unit-of-work.ts';
import { vectorOf } from '#adapters/postgres/words.ts';
import { dueAtOf } from '../../core/domain/due.ts';
import { currentStage } from '../../core/domain/lifecycle.ts';
import { urlsOf } from '../../core/domain/pictures.ts';
import { nameOfVariant, type Product, type Variant } from '../../core/domain/product.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { wordsOfProduct } from '../../core/domain/terms.ts';
import type { ProductRepository } from '../../core/ports/catalog-tx.ts';
import type { ProductJson } from '../../core/ports/product-queries.ts';
import { priceFromOf } from '../summary.ts';
import { listsOf, UNLESS_LISTED } from './product-lists.ts';

/** The beginning of `json_source`; the version follows. */
export const formatOf = ({ format }: ProductJson): string => `${format}.`;

const skusOf = ({ variants }: Product): readonly string[] => variants.map(({ sku }) => sku);

/** What a product has in other tables. */
type Parts = Readonly<Record<'skus' | 'listIds', readonly string[]>>;

const partsOf = (product: Product): Parts => ({ skus: skusOf(product), listIds: listsOf(product) });

/** A product that waits to be written. */
interface Saved {
  readonly product: Product;
  readonly parts: Parts;
  /** Of `COLUMNS`. */
  readonly values: readonly unknown[];
}

/** Products that were saved are written together, with a statement per table, before the next read or at the end of the unit. */
export const postgresProductRepository = (
  tx: SqlTransaction,
  productJson: ProductJson,
): ProductRepository => {
  /** Of products as this unit has read or written them last. */
  const before = new Map<string, Parts>();
  let waiting: Saved[] = [];
  let isTracked = false;

  const flush = async (): Promise<void> => {
    const saved = waiting;
    if (saved.length === 0) return;
    waiting = [];
    const unread = saved.filter(({ product }) => product.version > 1 && !before.has(product.productId));
    await findAll(unread.map(({ product }) => product.productId));
    for (const write of writesOf(saved, before)) await tx.write(write);
    for (const { product, parts } of saved) before.set(product.productId, parts);
  };
  tx.beforeCommit(flush);
  /** A product may lose variants, whose offers are not known here. */
  const track = (): void => {
    if (!isTracked) trackChange(tx, (recent) => recent.changeAll());
    isTracked = true;
  };
  const findAll = async (productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> => {
    await flush();
    const rows =
      productIds.length === 0
        ? []
        : await tx.query<{ document: ProductDocument }>(
            'select document from catalog.products where product_id = any($1::uuid[])',
            [productIds],
          );
    const found = rows.map(({ document }) => fromDocument(document));
    for (const product of found) before.set(product.productId, partsOf(product));
    return new Map(found.map((product) => [product.productId, product]));
  };
  return {
    find: async (productId) => (await findAll([productId])).get(productId),
    findAll,
    ownersOf: async (skus) => {
      await flush();
      const rows = await tx.query<{ sku: string; product_id: string }>(
        'select sku, product_id from catalog.variants where sku = any($1::text[])',
        [skus],
      );
      return new Map(rows.map(({ sku, product_id }) => [sku, product_id]));
    },
    save: async (product) => {
      if (waiting.some((saved) => saved.product.productId === product.productId)) await flush();
      track();
      const values = COLUMNS.map(([, , valueOf]) => valueOf(product, productJson));
      waiting.push({ product, parts: partsOf(product), values });
      await breathe(); // of many
    },
    remove: async (product) => {
      const { productId, version } = product;
      await flush();
      track();
      const listed = listsOf(product).map((listId) => [productId, listId] as const);
      for (const write of removal(LISTS, listed)) await tx.write(write);
      await tx.write({
        table: 'products',
        text: 'delete from catalog.products where product_id = $1 and version = $2',
        params: [productId, version],
        rows: 1,
      });
    },
  };
};

const writesOf = (saved: readonly Saved[], before: ReadonlyMap<string, Parts>): readonly Write[] => {
  const rows = saved.flatMap(({ product }) => product.variants.map((variant) => ({ product, variant })));
  return [
    ...writing(
      INSERT,
      saved.filter(({ product }) => product.version === 1),
    ),
    ...writing(
      UPDATE,
      saved.filter(({ product }) => product.version > 1),
    ),
    ...removalsOf(saved, before),
    ...(rows.length === 0
      ? []
      : [
          {
            table: 'variants',
            text: UPSERT_VARIANTS,
            params: VARIANT_COLUMNS.map(([, , valueOf]) =>
              rows.map(({ product, variant }) => valueOf(variant, product)),
            ),
            rows: rows.length,
          },
        ]),
    listing(saved),
  ];
};

const writing = (text: string, saved: readonly Saved[]): readonly Write[] => {
  if (saved.length === 0) return [];
  const params = COLUMNS.map(([, type], at) => {
    const values = saved.map((one) => one.values[at]);
    return type === 'json' ? jsonSequence(values.map(String)) : values;
  });
  return [{ table: 'products', text, params, rows: saved.length }];
};

/** Puts products into their lists, with the values that those sort by. */
const listing = (saved: readonly Saved[]): Write => {
  const rows = saved.flatMap(({ product, parts }) => parts.listIds.map((listId) => ({ product, listId })));
  const params = LIST_COLUMNS.map(([, , valueOf]) =>
    rows.map(({ product, listId }) => valueOf(listId, product)),
  );
  return { table: 'product_lists', text: UPSERT_LISTS, params };
};

/** Frees SKUs that products have given up, before others take them, and takes products out of lists. */
const removalsOf = (saved: readonly Saved[], before: ReadonlyMap<string, Parts>): readonly Write[] =>
  PARTS.flatMap(({ names, ...part }) =>
    removal(
      part,
      saved.flatMap(({ product: { productId }, parts }) => {
        const had = before.get(productId)?.[names] ?? [];
        const kept = new Set(had.length > 0 ? parts[names] : []);
        return had.filter((name) => !kept.has(name)).map((name) => [productId, name] as const);
      }),
    ),
  );

/** Rows of a product in other tables. */
interface Part {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

const LISTS: Part = { table: 'product_lists', column: 'list_id', type: 'uuid' };

const PARTS: readonly (Part & { readonly names: keyof Parts })[] = [
  { table: 'variants', column: 'sku', type: 'text', names: 'skus' },
  { ...LISTS, names: 'listIds' },
];

/** @param lost each with the ID of its product */
const removal = (
  { table, column, type }: Part,
  lost: readonly (readonly [productId: string, name: string])[],
): readonly Write[] => {
  if (lost.length === 0) return [];
  const text = `
    delete from catalog.${table} as t using unnest($1::uuid[], $2::${type}[]) as lost (product_id, name)
    where t.product_id = lost.product_id and t.${column} = lost.name`;
  return [{ table, text, params: [lost.map(([productId]) => productId), lost.map(([, name]) => name)] }];
};

type Column<Args extends readonly unknown[]> = readonly [
  name: string,
  type: string,
  valueOf: (...args: Args) => unknown,
];

const imageOf = ({ variants }: Product): string | null => variants.flatMap(urlsOf)[0] ?? null;

const COLUMNS: readonly Column<[product: Product, json: ProductJson]>[] = [
  ['product_id', 'uuid', ({ productId }) => productId],
  ['version', 'integer', ({ version }) => version],
  ['document', 'json', (product) => JSON.stringify(product)],
  ['name', 'text', ({ name }) => name],
  ['brand', 'text', ({ brand }) => brand],
  ['category', 'text', ({ category }) => category],
  ['subcategory', 'text', ({ subcategory }) => subcategory],
  ['tags', 'jsonb', ({ tags }) => JSON.stringify(tags)],
  ['image', 'text', imageOf],
  ['price_from', 'bigint', (product) => priceFromOf(product).price.minor],
  ['currency', 'text', (product) => priceFromOf(product).price.currency],
  ['variant_count', 'integer', ({ variants }) => variants.length],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt.toISOString()],
  ['summary_json', 'json', (product, json) => json.summary(product)],
  ['detail_json', 'json', (product, json) => json.detail(product)],
  ['json_source', 'text', ({ version }, json) => formatOf(json) + String(version)],
  ['stage', 'text', (product) => currentStage(product)],
  ['publish_at', 'timestamptz', ({ publishAt }) => publishAt?.toISOString() ?? null],
  ['unpublish_at', 'timestamptz', ({ unpublishAt }) => unpublishAt?.toISOString() ?? null],
  ['due_at', 'timestamptz', (product) => dueAtOf(product)?.toISOString() ?? null],
  ['category_id', 'uuid', ({ categoryIds }) => categoryIds.at(-1) ?? null],
  ['updated_at', 'timestamptz', ({ updatedAt }) => updatedAt.toISOString()],
  ['terms', 'tsvector', (product) => vectorOf(wordsOfProduct(product))],
];

const namesOf = (columns: readonly Column<never>[]): readonly string[] => columns.map(([name]) => name);

/** The columns as lists: `unnest($1::uuid[], …) as saved (product_id, …)`. Those of JSON are texts. */
const saved = (columns: readonly Column<never>[]): string => {
  const lists = columns.map(([, type], at) =>
    type === 'json' ? fromJsonSequence(`$${at + 1}`) : `$${at + 1}::${type}[]`,
  );
  return `unnest(${lists.join(', ')}) as saved (${namesOf(columns).join(', ')})`;
};

const EXPRESSIONS: Readonly<Record<string, string>> = {
  document: 'saved.document::jsonb',
  // unnest flattens lists in a list, so they are JSON until then.
  tags: 'array(select jsonb_array_elements_text(saved.tags))',
};

const valueOf = (name: string): string => EXPRESSIONS[name] ?? `saved.${name}`;

const INSERT = `
  insert into catalog.products (${namesOf(COLUMNS).join(', ')})
  select ${namesOf(COLUMNS).map(valueOf).join(', ')} from ${saved(COLUMNS)}
  on conflict (product_id) do nothing`;

const UPDATE = `
  update catalog.products as product set ${namesOf(COLUMNS)
    .map((name) => `${name} = ${valueOf(name)}`)
    .join(', ')}
  from ${saved(COLUMNS)}
  where product.product_id = saved.product_id and product.version = saved.version - 1`;

const VARIANT_COLUMNS: readonly Column<[variant: Variant, product: Product]>[] = [
  ['product_id', 'uuid', (_, { productId }) => productId],
  ['variant_id', 'uuid', ({ variantId }) => variantId],
  ['sku', 'text', ({ sku }) => sku],
  ['name', 'text', (variant, product) => nameOfVariant(product, variant)],
  ['image', 'text', ({ pictures }) => pictures[0]?.url ?? null],
  ['price', 'bigint', ({ price }) => price.minor],
  ['currency', 'text', ({ price }) => price.currency],
  ['list_prices', 'jsonb', ({ listPrices }) => (listPrices.length === 0 ? null : JSON.stringify(listPrices))],
];

// A SKU that another product has taken meanwhile is not changed, and so missing from the count.
const UPSERT_VARIANTS = `
  insert into catalog.variants (${namesOf(VARIANT_COLUMNS).join(', ')})
  select * from ${saved(VARIANT_COLUMNS)}
  on conflict (sku) do update set name = excluded.name, image = excluded.image, price = excluded.price,
    currency = excluded.currency, list_prices = excluded.list_prices
  where variants.product_id = excluded.product_id`;

const LIST_COLUMNS: readonly Column<[listId: string, product: Product]>[] = [
  ['list_id', 'uuid', (listId) => listId],
  ['product_id', 'uuid', (_, { productId }) => productId],
  ['is_visible', 'boolean', (_, product) => currentStage(product) === 'published'],
  ['created_at', 'timestamptz', (_, { createdAt }) => createdAt.toISOString()],
  ['name', 'text', (_, { name }) => name],
  ['price_from', 'bigint', (_, product) => priceFromOf(product).price.minor],
];

const UPSERT_LISTS = `
  insert into catalog.product_lists (${namesOf(LIST_COLUMNS).join(', ')})
  select * from ${saved(LIST_COLUMNS)}
  ${UNLESS_LISTED}`;
