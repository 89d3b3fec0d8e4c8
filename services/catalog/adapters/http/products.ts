import { JsonText } from '#adapters/http/json-text.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/catalog.ts';
import type { makeCreateProduct } from '../../core/application/create-product.ts';
import type {
  makePurgeProduct,
  makeRestoreProduct,
  makeTrashProduct,
} from '../../core/application/delete-product.ts';
import type { makeDuplicateProduct } from '../../core/application/duplicate-product.ts';
import type { makeUpdateProduct } from '../../core/application/update-product.ts';
import type { Product } from '../../core/domain/product.ts';
import type { ProductQueries } from '../../core/ports/product-queries.ts';
import type { CatalogCode } from './errors.ts';
import { fromPage, fromProduct, toDraft } from './mapping.ts';

export interface ProductUseCases {
  readonly createProduct: ReturnType<typeof makeCreateProduct>;
  readonly updateProduct: ReturnType<typeof makeUpdateProduct>;
  readonly trashProduct: ReturnType<typeof makeTrashProduct>;
  readonly purgeProduct: ReturnType<typeof makePurgeProduct>;
  readonly restoreProduct: ReturnType<typeof makeRestoreProduct>;
  readonly duplicateProduct: ReturnType<typeof makeDuplicateProduct>;
  readonly queries: ProductQueries;
}

const NOT_FOUND = refuse('PRODUCT_NOT_FOUND', 'There is no such product.');

const created = (product: Product) => ({
  status: 201 as const,
  headers: { ETag: etag(product.version), Location: `/api/v1/products/${product.productId}` },
  body: fromProduct(product),
});

const changed = (product: Product) => ({
  status: 200 as const,
  headers: { ETag: etag(product.version) },
  body: fromProduct(product),
});

export const makeProductHandlers = (
  catalog: ProductUseCases,
): Pick<
  Handlers<operations, CatalogCode>,
  | 'listProducts'
  | 'getProduct'
  | 'getRelatedProducts'
  | 'createProduct'
  | 'updateProduct'
  | 'deleteProduct'
  | 'restoreProduct'
  | 'duplicateProduct'
> => ({
  listProducts: async ({ query }) => {
    const { limit = 24, sort = 'newest', category_id: categoryId, ...filters } = query;
    const page = await catalog.queries.page({ limit, sort, categoryId, ...filters });
    return page.ok ? { status: 200, body: fromPage(page.value) } : page;
  },
  getProduct: async ({ path }) => {
    const product = await catalog.queries.find(path.product_id);
    if (!product) return NOT_FOUND;
    const { version, ratingVersion, json } = product;
    return { status: 200, headers: { ETag: etag(version, ratingVersion) }, body: new JsonText(json) };
  },
  getRelatedProducts: async ({ path }) => {
    const items = await catalog.queries.related(path.product_id);
    return items ? { status: 200, body: fromPage({ items }) } : NOT_FOUND;
  },
  createProduct: async ({ body, idempotency }) => {
    const draft = toDraft(body);
    if (!draft.ok) return draft;
    const product = await catalog.createProduct(draft.value, idempotency);
    return product.ok ? created(product.value) : product;
  },
  updateProduct: async ({ path, body, ifMatch }) => {
    const draft = toDraft(body);
    if (!draft.ok) return draft;
    const updated = await catalog.updateProduct({
      productId: path.product_id,
      basedOn: ifMatch,
      draft: draft.value,
    });
    return updated.ok ? changed(updated.value) : updated;
  },
  deleteProduct: async ({ path, query, ifMatch }) => {
    const remove = query.permanently === true ? catalog.purgeProduct : catalog.trashProduct;
    const deleted = await remove(path.product_id, ifMatch);
    return deleted.ok ? { status: 204 } : deleted;
  },
  restoreProduct: async ({ path, ifMatch }) => {
    const restored = await catalog.restoreProduct(path.product_id, ifMatch);
    return restored.ok ? changed(restored.value) : restored;
  },
  duplicateProduct: async ({ path, body, idempotency }) => {
    const { name, skus = {} } = body;
    const command = { productId: path.product_id, name, skus: new Map(Object.entries(skus)) };
    const copy = await catalog.duplicateProduct(command, idempotency);
    return copy.ok ? created(copy.value) : copy;
  },
});
