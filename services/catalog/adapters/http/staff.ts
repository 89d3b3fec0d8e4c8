import { etag, type Handlers } from '#adapters/http/operations.ts';
import { toDecimal } from '#kernel/money.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/catalog.ts';
import { currentStage, type Lifecycle, type Stage } from '../../core/domain/lifecycle.ts';
import { urlsOf } from '../../core/domain/pictures.ts';
import { decimalsOf, type Product } from '../../core/domain/product.ts';
import { missingIn } from '../../core/domain/terms.ts';
import type { StaffFilter } from '../../core/ports/staff-filter.ts';
import type { StaffQueries } from '../../core/ports/staff-queries.ts';
import { priceFromOf } from '../summary.ts';
import type { CatalogCode } from './errors.ts';
import { fromSeo } from './mapping.ts';

type Schemas = components['schemas'];

export interface StaffUseCases {
  readonly staff: StaffQueries;
}

const NOT_IN_TRASH: readonly Stage[] = ['draft', 'scheduled', 'published', 'ended'];
/** SKUs in a list. */
const MOST_SKUS = 3;

const fromLifecycle = ({ publishAt, unpublishAt, deletedAt }: Lifecycle) => ({
  ...(publishAt && { publish_at: publishAt.toISOString() }),
  ...(unpublishAt && { unpublish_at: unpublishAt.toISOString() }),
  ...(deletedAt && { deleted_at: deletedAt.toISOString() }),
});

const fromListed = (product: Product): Schemas['StaffSummary'] => {
  const { price } = priceFromOf(product);
  const image = product.variants.flatMap(urlsOf)[0];
  return {
    product_id: product.productId,
    version: product.version,
    status: currentStage(product),
    name: product.name,
    brand: product.brand,
    category: product.category,
    subcategory: product.subcategory,
    ...(image !== undefined && { image }),
    price_from: toDecimal(price),
    currency: price.currency,
    variant_count: product.variants.length,
    skus: product.variants.slice(0, MOST_SKUS).map(({ sku }) => sku),
    missing: missingIn(product),
    ...fromLifecycle(product),
    created_at: product.createdAt.toISOString(),
    updated_at: product.updatedAt.toISOString(),
  };
};

/** As it was entered, so that it can be sent back. */
const fromWhole = (product: Product): Schemas['StaffProduct'] => ({
  product_id: product.productId,
  version: product.version,
  stage: currentStage(product),
  missing: missingIn(product),
  name: product.name,
  description: product.description,
  category: product.category,
  subcategory: product.subcategory,
  ...(product.categoryIds.length > 0 && { category_id: product.categoryIds.at(-1) ?? '' }),
  tags: [...product.tags],
  brand: product.brand,
  specifications: product.specifications,
  status: product.status,
  ...fromLifecycle(product),
  variants: product.variants.map((variant) => ({
    variant_id: variant.variantId,
    sku: variant.sku,
    attributes: variant.attributes,
    price: toDecimal(variant.price),
    currency: variant.price.currency,
    prices: decimalsOf(variant),
    pictures: variant.pictures.map(({ url, alt }) => ({ url, alt })),
  })),
  ...(product.seo && { seo: fromSeo(product.seo) }),
  related: [...product.related],
  created_at: product.createdAt.toISOString(),
  updated_at: product.updatedAt.toISOString(),
});

type StaffQuery = NonNullable<operations['listStaffProducts']['parameters']['query']>;

/** Without a status, products in the trash are left out. */
export const toStaffFilter = ({
  status,
  updated_since: since,
  category_id: categoryId,
  ...filter
}: Omit<StaffQuery, 'limit' | 'sort' | 'cursor'>): StaffFilter => ({
  ...filter,
  stages: status ? [status] : NOT_IN_TRASH,
  categoryId: categoryId?.toLowerCase(),
  updatedSince: since === undefined ? undefined : new Date(since),
});

export const makeStaffHandlers = ({
  staff,
}: StaffUseCases): Pick<Handlers<operations, CatalogCode>, 'listStaffProducts' | 'getStaffProduct'> => ({
  listStaffProducts: async ({ query }) => {
    const { limit = 24, sort = 'updated', cursor, ...filter } = query;
    const page = await staff.page({ ...toStaffFilter(filter), limit, sort, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    const body = { items: items.map(fromListed), ...(next !== undefined && { next_cursor: next }) };
    return { status: 200, body };
  },
  getStaffProduct: async ({ path }) => {
    const product = await staff.find(path.product_id);
    if (!product) return refuse('PRODUCT_NOT_FOUND', 'There is no such product.');
    return { status: 200, headers: { ETag: etag(product.version) }, body: fromWhole(product) };
  },
});
