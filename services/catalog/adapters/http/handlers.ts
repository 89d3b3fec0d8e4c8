import { JsonText } from '#adapters/http/json-text.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import type { Clock } from '#kernel/clock.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/catalog.ts';
import type { makeCreateProduct } from '../../core/application/create-product.ts';
import type { makeDeleteProduct } from '../../core/application/delete-product.ts';
import type { makeImportProducts } from '../../core/application/import-products.ts';
import type { makeReportViews } from '../../core/application/report-views.ts';
import type { makeUpdateProduct } from '../../core/application/update-product.ts';
import type { ProductQueries } from '../../core/ports/product-queries.ts';
import { readImport } from '../imports/read-import.ts';
import type { SamplePictures } from '../files/sample-pictures.ts';
import type { CatalogCode } from './errors.ts';
import { fromCategory, fromOffer, fromPage, fromProduct, toDraft } from './mapping.ts';
import { makeImportHandlers, type ImportUseCases } from './imports.ts';
import { makePriceListHandlers, type PriceListUseCases } from './price-lists.ts';
import { fromReport } from './report.ts';
import { makeVariantHandlers, type VariantUseCases } from './variants.ts';

export interface CatalogUseCases extends PriceListUseCases, ImportUseCases, VariantUseCases {
  readonly createProduct: ReturnType<typeof makeCreateProduct>;
  readonly updateProduct: ReturnType<typeof makeUpdateProduct>;
  readonly deleteProduct: ReturnType<typeof makeDeleteProduct>;
  readonly importProducts: ReturnType<typeof makeImportProducts>;
  readonly reportViews: ReturnType<typeof makeReportViews>;
  readonly queries: ProductQueries;
  readonly clock: Clock;
  readonly pictures: SamplePictures;
}

const NOT_FOUND = refuse('PRODUCT_NOT_FOUND', 'There is no such product.');

export const makeHandlers = (catalog: CatalogUseCases): Handlers<operations, CatalogCode> => ({
  ...makePriceListHandlers(catalog),
  ...makeImportHandlers(catalog),
  ...makeVariantHandlers(catalog),
  listProducts: async ({ query }) => {
    const { limit = 24, sort = 'newest', ...filters } = query;
    const page = await catalog.queries.page({ limit, sort, ...filters });
    return page.ok ? { status: 200, body: fromPage(page.value) } : page;
  },
  getProduct: async ({ path }) => {
    const product = await catalog.queries.find(path.product_id);
    if (!product) return NOT_FOUND;
    return { status: 200, headers: { ETag: etag(product.version) }, body: new JsonText(product.json) };
  },
  createProduct: async ({ body, idempotency }) => {
    const draft = toDraft(body);
    if (!draft.ok) return draft;
    const created = await catalog.createProduct(draft.value, idempotency);
    if (!created.ok) return created;
    const product = created.value;
    const headers = { ETag: etag(product.version), Location: `/api/v1/products/${product.productId}` };
    return { status: 201, headers, body: fromProduct(product) };
  },
  updateProduct: async ({ path, body, ifMatch }) => {
    const draft = toDraft(body);
    if (!draft.ok) return draft;
    const updated = await catalog.updateProduct({
      productId: path.product_id,
      basedOn: ifMatch,
      draft: draft.value,
    });
    if (!updated.ok) return updated;
    return { status: 200, headers: { ETag: etag(updated.value.version) }, body: fromProduct(updated.value) };
  },
  deleteProduct: async ({ path, ifMatch }) => {
    const deleted = await catalog.deleteProduct(path.product_id, ifMatch);
    return deleted.ok ? { status: 204 } : deleted;
  },
  importProducts: async ({ body, headers, query: { mode } }) => {
    const rows = await readImport(body, contentTypeOf(headers), mode);
    return rows.ok ? { status: 200, body: fromReport(await catalog.importProducts(rows.value, mode)) } : rows;
  },
  listCategories: async () => {
    const categories = await catalog.queries.categories();
    return { status: 200, body: { items: categories.map(fromCategory) } };
  },
  getSamplePicture: async ({ path }) => {
    const svg = await catalog.pictures(path.picture);
    if (svg === undefined) return refuse('PICTURE_NOT_FOUND', 'There is no such picture.');
    // Only an image: it runs no script, even when opened directly.
    const headers = { 'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'" };
    return { status: 200, headers, type: 'image/svg+xml', body: svg };
  },
  getOffers: async ({ body }) => {
    const offers = await catalog.queries.offers(body.variant_ids, catalog.clock.now());
    return { status: 200, body: { items: offers.map(fromOffer) } };
  },
  reportViews: async ({ body }) => {
    await catalog.reportViews(body.views.map(({ product_id, views }) => ({ productId: product_id, views })));
    return { status: 204 };
  },
});

const contentTypeOf = (headers: object): string =>
  'content-type' in headers && typeof headers['content-type'] === 'string' ? headers['content-type'] : '';
