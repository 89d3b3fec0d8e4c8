import { trackChange } from '#adapters/postgres/recall.ts';
import type { SqlTransaction, Write } from '#adapters/postgres/unit-of-work.ts';
import { dueAtOf } from '../../core/domain/due.ts';
import { currentStage } from '../../core/domain/lifecycle.ts';
import { nameOfVariant, type Product, type Variant } from '../../core/domain/product.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import type { ProductRepository } from '../../core/ports/catalog-tx.ts';
import type { ProductJson } from '../../core/ports/product-queries.ts';
import { priceFromOf } from '../summary.ts';

/** The beginning of `json_source`; the version follows. */
export const formatOf = ({ format }: ProductJson): string => `${format}.`;

/** Products that were saved are written together, with a statement per table, before the next read or at the end of the unit. */
export const postgresProductRepository = (
  tx: SqlTransaction,
  productJson: ProductJson,
): ProductRepository => {
  /** The SKUs of products as this unit has read them. */
  const before = new Map<string, readonly string[]>();
  let waiting: Product[] = [];
  let isTracked = false;

  const flush = async (): Promise<void> => {
    const products = waiting;
    waiting = [];
    for (const write of writesOf(products, before, productJson)) await tx.write(write);
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
    for (const { productId, variants } of found)
      before.set(
        productId,
        variants.map(({ sku }) => sku),
      );
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
      if (waiting.some(({ productId }) => productId === product.productId)) await flush();
      track();
      waiting.push(product);
      await Promise.resolve();
    },
    remove: async ({ productId, version }) => {
      await flush();
      track();
      await tx.write({
        table: 'products',
        text: 'delete from catalog.products where product_id = $1 and version = $2',
        params: [productId, version],
        rows: 1,
      });
    },
  };
};

const writesOf = (
  products: readonly Product[],
  before: ReadonlyMap<string, readonly string[]>,
  productJson: ProductJson,
): readonly Write[] => {
  const write = (text: string, some: readonly Product[]): readonly Write[] =>
    some.length === 0
      ? []
      : [
          {
            table: 'products',
            text,
            params: COLUMNS.map(([, , valueOf]) => some.map((product) => valueOf(product, productJson))),
            rows: some.length,
          },
        ];
  const rows = products.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  return [
    ...write(
      INSERT,
      products.filter(({ version }) => version === 1),
    ),
    ...write(
      UPDATE,
      products.filter(({ version }) => version > 1),
    ),
    ...removalsOf(products, before),
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
  ];
};

/** Frees SKUs that products have given up, before others take them. */
const removalsOf = (
  products: readonly Product[],
  before: ReadonlyMap<string, readonly string[]>,
): readonly Write[] => {
  const losing = products.filter(({ productId, version, variants }) => {
    const kept = new Set(variants.map(({ sku }) => sku));
    return version > 1 && !(before.get(productId)?.every((sku) => kept.has(sku)) ?? false);
  });
  if (losing.length === 0) return [];
  const text = `
    delete from catalog.variants as v using unnest($1::uuid[], $2::jsonb[]) as kept (product_id, skus)
    where v.product_id = kept.product_id and not kept.skus ? v.sku`;
  const params = [
    losing.map(({ productId }) => productId),
    losing.map(({ variants }) => JSON.stringify(variants.map(({ sku }) => sku))),
  ];
  return [{ table: 'variants', text, params }];
};

type Column<Args extends readonly unknown[]> = readonly [
  name: string,
  type: string,
  valueOf: (...args: Args) => unknown,
];

const imageOf = ({ variants }: Product): string | null => variants.flatMap(({ images }) => images)[0] ?? null;

const COLUMNS: readonly Column<[product: Product, json: ProductJson]>[] = [
  ['product_id', 'uuid', ({ productId }) => productId],
  ['version', 'integer', ({ version }) => version],
  ['document', 'jsonb', (product) => JSON.stringify(product)],
  ['name', 'text', ({ name }) => name],
  ['brand', 'text', ({ brand }) => brand],
  ['category', 'text', ({ category }) => category],
  ['subcategory', 'text', ({ subcategory }) => subcategory],
  // A list in a list of products is flattened by unnest, so it is JSON until then.
  ['tags', 'jsonb', ({ tags }) => JSON.stringify(tags)],
  ['image', 'text', imageOf],
  ['price_from', 'bigint', (product) => priceFromOf(product).price.minor],
  ['currency', 'text', (product) => priceFromOf(product).price.currency],
  ['variant_count', 'integer', ({ variants }) => variants.length],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt.toISOString()],
  ['summary_json', 'text', (product, json) => json.summary(product)],
  ['detail_json', 'text', (product, json) => json.detail(product)],
  ['json_source', 'text', ({ version }, json) => formatOf(json) + String(version)],
  ['stage', 'text', (product) => currentStage(product)],
  ['publish_at', 'timestamptz', ({ publishAt }) => publishAt?.toISOString() ?? null],
  ['unpublish_at', 'timestamptz', ({ unpublishAt }) => unpublishAt?.toISOString() ?? null],
  ['due_at', 'timestamptz', (product) => dueAtOf(product)?.toISOString() ?? null],
];

const namesOf = (columns: readonly Column<never>[]): readonly string[] => columns.map(([name]) => name);

/** The columns as lists: `unnest($1::uuid[], …) as saved (product_id, …)`. */
const saved = (columns: readonly Column<never>[]): string =>
  `unnest(${columns.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')}) as saved (${namesOf(columns).join(', ')})`;

const valueOf = (name: string): string =>
  name === 'tags' ? 'array(select jsonb_array_elements_text(saved.tags))' : `saved.${name}`;

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
  ['image', 'text', ({ images }) => images[0] ?? null],
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
