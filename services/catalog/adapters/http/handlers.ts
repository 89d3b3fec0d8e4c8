import type { Handlers } from '#adapters/http/operations.ts';
import type { Clock } from '#kernel/clock.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/catalog.ts';
import type { makeImportProducts } from '../../core/application/import-products.ts';
import { readImport } from '../imports/read-import.ts';
import type { SamplePictures } from '../files/sample-pictures.ts';
import { makeBulkEditHandlers, type BulkEditUseCases } from './bulk-edits.ts';
import { makeCategoryHandlers, type CategoryUseCases } from './categories.ts';
import { makeCollectionHandlers, type CollectionUseCases } from './collections.ts';
import type { CatalogCode } from './errors.ts';
import { makeImportHandlers, type ImportUseCases } from './imports.ts';
import { descriptionOf, fromOffer } from './mapping.ts';
import { makePriceListHandlers, type PriceListUseCases } from './price-lists.ts';
import { makeProductHandlers, type ProductUseCases } from './products.ts';
import { fromReport } from './report.ts';
import { makeStaffHandlers, type StaffUseCases } from './staff.ts';
import { makeVariantHandlers, type VariantUseCases } from './variants.ts';

export interface CatalogUseCases
  extends
    BulkEditUseCases,
    CategoryUseCases,
    CollectionUseCases,
    ImportUseCases,
    PriceListUseCases,
    ProductUseCases,
    StaffUseCases,
    VariantUseCases {
  readonly importProducts: ReturnType<typeof makeImportProducts>;
  readonly clock: Clock;
  readonly pictures: SamplePictures;
}

export const makeHandlers = (catalog: CatalogUseCases): Handlers<operations, CatalogCode> => ({
  ...makeCategoryHandlers(catalog),
  ...makeCollectionHandlers(catalog),
  ...makePriceListHandlers(catalog),
  ...makeImportHandlers(catalog),
  ...makeVariantHandlers(catalog),
  ...makeBulkEditHandlers(catalog),
  ...makeProductHandlers(catalog),
  ...makeStaffHandlers(catalog),
  importProducts: async ({ body, headers, query: { mode } }) => {
    const rows = await readImport(body, contentTypeOf(headers), mode);
    return rows.ok ? { status: 200, body: fromReport(await catalog.importProducts(rows.value, mode)) } : rows;
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
  getVisibleProducts: async ({ body }) => {
    const shown = await catalog.queries.summaries(body.product_ids.map((id) => id.toLowerCase()));
    return { status: 200, body: { product_ids: [...shown.keys()] } };
  },
  describeProducts: async ({ body }) => {
    const ids = new Set(body.product_ids.map((id) => id.toLowerCase()));
    const products = await Promise.all([...ids].map((id) => catalog.staff.find(id)));
    return { status: 200, body: { items: products.flatMap((one) => (one ? descriptionOf(one) : [])) } };
  },
});

const contentTypeOf = (headers: object): string =>
  'content-type' in headers && typeof headers['content-type'] === 'string' ? headers['content-type'] : '';
