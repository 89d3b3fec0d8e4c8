import { trackChange } from '#adapters/postgres/recall.ts';
import type { SqlTransaction, Write } from '#adapters/postgres/unit-of-work.ts';
import { dueAtOf } from '../../core/domain/due.ts';
import { currentStage } from '../../core/domain/lifecycle.ts';
import { urlsOf } from '../../core/domain/pictures.ts';
import { nameOfVariant, type Product } from '../../core/domain/product.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { termsOf } from '../../core/domain/terms.ts';
import type { ProductRepository } from '../../core/ports/catalog-tx.ts';
import type { ProductJson } from '../../core/ports/product-queries.ts';
import { priceFromOf } from '../summary.ts';

/** The beginning of `json_source`; the version follows. */
export const formatOf = ({ format }: ProductJson): string => `${format}.`;

export const postgresProductRepository = (
  tx: SqlTransaction,
  productJson: ProductJson,
): ProductRepository => {
  let isTracked = false;
  /** A product may lose variants, whose offers are not known here. */
  const change = async (write: Write): Promise<void> => {
    if (!isTracked) trackChange(tx, (recent) => recent.changeAll());
    isTracked = true;
    await tx.write(write);
  };
  return {
    find: async (productId) => {
      const [row] = await tx.query<{ document: ProductDocument }>(
        'select document from catalog.products where product_id = $1',
        [productId],
      );
      return row && fromDocument(row.document);
    },
    findAll: async (productIds) => {
      const rows =
        productIds.length === 0
          ? []
          : await tx.query<{ document: ProductDocument }>(
              'select document from catalog.products where product_id = any($1::uuid[])',
              [productIds],
            );
      const found = rows.map(({ document }) => fromDocument(document));
      return new Map(found.map((product) => [product.productId, product]));
    },
    ownersOf: async (skus) => {
      const rows = await tx.query<{ sku: string; product_id: string }>(
        'select sku, product_id from catalog.variants where sku = any($1::text[])',
        [skus],
      );
      return new Map(rows.map(({ sku, product_id }) => [sku, product_id]));
    },
    save: async (product) => {
      const { productId, version, variants, categoryIds } = product;
      const text = version === 1 ? INSERT : UPDATE;
      await change({ table: 'products', text, params: columnsOf(product, productJson), rows: 1 });
      if (version > 1) {
        await tx.write({
          table: 'variants',
          text: 'delete from catalog.variants where product_id = $1 and sku <> all($2::text[])',
          params: [productId, variants.map(({ sku }) => sku)],
        });
        await tx.write({
          table: 'product_categories',
          text: 'delete from catalog.product_categories where product_id = $1 and category_id <> all($2::uuid[])',
          params: [productId, categoryIds],
        });
      }
      const params = variantColumnsOf(product);
      await tx.write({ table: 'variants', text: UPSERT_VARIANTS, params, rows: variants.length });
      await tx.write({
        table: 'product_categories',
        text: UPSERT_CATEGORIES,
        params: categoryColumnsOf(product),
      });
    },
    remove: ({ productId, version }) =>
      change({
        table: 'products',
        text: 'delete from catalog.products where product_id = $1 and version = $2',
        params: [productId, version],
        rows: 1,
      }),
  };
};

const INSERT = `
  insert into catalog.products
    (product_id, version, document, name, brand, category, subcategory, tags, image, price_from, currency,
     variant_count, created_at, summary_json, detail_json, json_source, stage, publish_at, unpublish_at, due_at,
     category_id, updated_at, terms)
  values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
  on conflict (product_id) do nothing`;

const UPDATE = `
  update catalog.products set version = $2, document = $3::jsonb, name = $4, brand = $5, category = $6,
    subcategory = $7, tags = $8, image = $9, price_from = $10, currency = $11, variant_count = $12, created_at = $13,
    summary_json = $14, detail_json = $15, json_source = $16, stage = $17, publish_at = $18, unpublish_at = $19, due_at = $20,
    category_id = $21, updated_at = $22, terms = $23
  where product_id = $1 and version = $2 - 1`;

// A SKU that another product has taken meanwhile is not changed, and so missing from the count.
const UPSERT_VARIANTS = `
  insert into catalog.variants (product_id, variant_id, sku, name, image, price, currency, list_prices)
  select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::jsonb[])
  on conflict (sku) do update set name = excluded.name, image = excluded.image, price = excluded.price,
    currency = excluded.currency, list_prices = excluded.list_prices
  where variants.product_id = excluded.product_id`;

const UPSERT_CATEGORIES = `
  insert into catalog.product_categories (product_id, is_visible, created_at, name, price_from, category_id)
  select $1, $2::boolean, $3::timestamptz, $4::text, $5::bigint, unnest($6::uuid[])
  on conflict (category_id, product_id) do update set is_visible = excluded.is_visible,
    created_at = excluded.created_at, name = excluded.name, price_from = excluded.price_from`;

const categoryColumnsOf = (product: Product): unknown[] => [
  product.productId,
  currentStage(product) === 'published',
  product.createdAt,
  product.name,
  priceFromOf(product).price.minor,
  product.categoryIds,
];

const columnsOf = (product: Product, productJson: ProductJson): unknown[] => {
  const { productId, version, name, brand, category, subcategory, tags, variants, createdAt } = product;
  const { publishAt = null, unpublishAt = null } = product;
  const image = variants.flatMap(urlsOf)[0] ?? null;
  const { minor, currency } = priceFromOf(product).price;
  return [
    productId, version, JSON.stringify(product), name, brand, category, subcategory, [...tags], image, minor, currency,
    variants.length, createdAt, productJson.summary(product), productJson.detail(product), formatOf(productJson) + String(version),
    currentStage(product), publishAt, unpublishAt, dueAtOf(product) ?? null, product.categoryIds.at(-1) ?? null,
    product.updatedAt, termsOf(product),
  ]; // prettier-ignore
};

const variantColumnsOf = (product: Product): unknown[] => [
  product.productId,
  product.variants.map(({ variantId }) => variantId),
  product.variants.map(({ sku }) => sku),
  product.variants.map((variant) => nameOfVariant(product, variant)),
  product.variants.map(({ pictures }) => pictures[0]?.url ?? null),
  product.variants.map(({ price }) => price.minor),
  product.variants.map(({ price }) => price.currency),
  product.variants.map(({ listPrices }) => (listPrices.length === 0 ? null : JSON.stringify(listPrices))),
];
