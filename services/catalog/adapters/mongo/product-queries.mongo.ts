import type { Filter, Scalar } from '#adapters/mongo/filters.ts';
import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { Stored } from '#adapters/mongo/stored.ts';
import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type {
  ProductPageRequest,
  ProductQueries,
  ProductJson,
  Sort,
} from '../../core/ports/product-queries.ts';
import { countByCategory, offersOf } from '../offers.ts';
import { positionOfListed, SORTS } from '../sorts.ts';
import { isVisible } from '../../core/domain/lifecycle.ts';
import type { Product } from '../../core/domain/product.ts';
import { staffConditions } from './staff-queries.mongo.ts';
import { fromBody, isHidden, PRODUCTS, type ProductBody } from './product-documents.ts';

/** Documents read at once by `select`. */
const BATCH = 500;

interface Field {
  readonly path: string;
  /** Below every value: a range from here on excludes tombstones, which have no value. */
  readonly least: Scalar;
  /** The value of a cursor, to compare the field with. */
  readonly parse: (kept: string | number) => Scalar;
}

const PRICE: Field = { path: 'body.priceFrom', least: 0, parse: Number };

const FIELDS: Readonly<Record<Sort, Field>> = {
  newest: { path: 'body.createdAt', least: new Date(0), parse: (kept) => new Date(kept) },
  name: { path: 'body.name', least: '', parse: String },
  price_asc: PRICE,
  price_desc: PRICE,
};

/** A range of the sort order's index; products with the same value are ordered by ID. */
const rangeOf = (sort: Sort, after: Position | undefined): Filter => {
  const { path, least, parse } = FIELDS[sort];
  if (!after) return { [path]: { $gte: least } };
  const value = parse(after.value);
  return SORTS[sort].isDescending
    ? { [path]: { $gte: least, $lte: value }, $or: [{ [path]: { $lt: value } }, { _id: { $lt: after.id } }] }
    : { [path]: { $gte: value }, $or: [{ [path]: { $gt: value } }, { _id: { $gt: after.id } }] };
};

const FILTERS = {
  categoryId: 'body.categoryIds',
  category: 'body.category',
  subcategory: 'body.subcategory',
  brand: 'body.brand',
  tag: 'body.tags',
} as const;

const filterOf = (request: ProductPageRequest): Filter =>
  Object.fromEntries(
    Object.entries(FILTERS).flatMap(([key, path]) => {
      const value = request[key as keyof typeof FILTERS];
      return value === undefined ? [] : [[path, value]];
    }),
  );

/** Conditions whose fields may have others as well. */
const conditionsOf = ({ tags = [], price, createdFrom }: ProductPageRequest): Filter => {
  const conditions: Filter[] = tags.map((tag) => ({ 'body.tags': tag }));
  if (price) {
    const { currency, min = 0, max } = price;
    const range = { $gte: min, ...(max === undefined ? {} : { $lte: max }) };
    conditions.push({ 'body.currency': currency, 'body.priceFrom': range });
  }
  if (createdFrom) conditions.push({ 'body.createdAt': { $gte: createdFrom } });
  return conditions.length === 0 ? {} : { $and: conditions };
};

export const mongoProductQueries = (database: MongoDatabase, productJson: ProductJson): ProductQueries => {
  const documents = database.stored<ProductBody>(PRODUCTS);
  const bodies = (found: readonly Stored<ProductBody>[]): ProductBody[] =>
    found.flatMap(({ body }) => body ?? []);
  const summaryOf = (body: ProductBody): string =>
    productJson.rated(productJson.summary(fromBody(body)), body.rating);
  const summaries: ProductQueries['summaries'] = async (productIds) => {
    const found = bodies(await documents.find({ _id: { $in: productIds } })).filter(
      (body) => !isHidden(body),
    );
    return new Map(found.map((body) => [fromBody(body).productId, summaryOf(body)]));
  };
  return {
    find: async (productId) => {
      const body = (await documents.get(productId))?.body;
      if (!body || isHidden(body)) return undefined;
      const { version, rating } = body;
      return {
        version,
        ...(rating && { ratingVersion: rating.version }),
        json: productJson.rated(productJson.detail(fromBody(body)), rating),
      };
    },
    page: async (request) => {
      const { sort, limit } = request;
      const after = positionOf(request, sort, SORTS[sort].by);
      if (!after.ok) return after;
      const direction = SORTS[sort].isDescending ? -1 : 1;
      const found = await documents.find(
        { ...filterOf(request), ...rangeOf(sort, after.value), ...conditionsOf(request) },
        { sort: { [FIELDS[sort].path]: direction, _id: direction }, limit: limit + 1 },
      );
      const items = bodies(found).map(summaryOf);
      return pageOf(items, limit, positionOfListed(sort));
    },
    related: async (productId) => {
      const body = (await documents.get(productId))?.body;
      if (!body || isHidden(body)) return undefined;
      const { related } = fromBody(body);
      const found = await summaries(related);
      return related.flatMap((id) => found.get(id) ?? []);
    },
    summaries,
    // Reads the path of every product from the index: counters would be documents that every write contends for.
    countByCategory: async () => {
      const found = await documents.find<{ readonly body: Pick<Product, 'categoryIds'> }>(
        { 'body.categoryIds': { $gte: '' } },
        { fields: ['body.categoryIds'] },
      );
      return countByCategory(found.map(({ body }) => body));
    },
    offers: async (variantIds, now) => {
      const found = await documents.find({ 'body.variantIds': { $in: variantIds } });
      const products = bodies(found).map(fromBody);
      return offersOf(
        products.filter((product) => isVisible(product, now)),
        variantIds,
        now,
      );
    },
    select: async ({ dueBy, priceList, isUnfiled, ...filter }, after, limit) => {
      const conditions = staffConditions(filter);
      const ids: string[] = [];
      for (let from = after, isDone = false; !isDone;) {
        const found = await documents.find<Selected>(
          {
            ...(from === undefined ? {} : { _id: { $gt: from } }),
            ...(dueBy && { 'body.dueAt': { $lte: dueBy } }),
            ...(priceList !== undefined && { 'body.pricedIn': priceList }),
            ...(conditions.length > 0 && { $and: conditions }),
          },
          { sort: { _id: 1 }, limit: BATCH, fields: ['body.filedIn'] },
        );
        // A list that is empty or missing cannot be looked up.
        const selected = found.filter(({ body }) => body && !(isUnfiled && body.filedIn?.length));
        ids.push(...selected.map(({ _id }) => _id));
        from = found.at(-1)?._id;
        isDone = found.length < BATCH || ids.length >= limit;
      }
      return ids.slice(0, limit);
    },
  };
};

/** What `select` reads; a tombstone has no body. */
interface Selected {
  readonly _id: string;
  readonly body?: Pick<ProductBody, 'filedIn'>;
}
