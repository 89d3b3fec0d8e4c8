import type { Filter, Scalar } from '#adapters/mongo/filters.ts';
import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { Stored } from '#adapters/mongo/stored.ts';
import { decodeCursor, encodeCursor, type Position } from '#adapters/pagination/cursor.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { PageWish, ProductQueries, Sort } from '../../core/ports/product-queries.ts';
import { categoriesOf, offersOf } from '../offers.ts';
import { SORTED_BY } from '../sorts.ts';
import { summarize } from '../summary.ts';
import { fromBody, PRODUCTS, type ProductBody } from './product-documents.ts';

interface Order {
  readonly path: string;
  readonly direction: 1 | -1;
  /** Below every value: a range from here on excludes tombstones, which have no value. */
  readonly least: Scalar;
  /** The value of the last product in the cursor, and the field to compare it with. */
  readonly keep: (body: ProductBody) => string | number;
  readonly parse: (kept: string | number) => Scalar;
}

const price: Omit<Order, 'direction'> = {
  path: 'body.priceFrom',
  least: 0,
  keep: ({ priceFrom }) => priceFrom,
  parse: Number,
};

const ORDERS: Readonly<Record<Sort, Order>> = {
  newest: {
    path: 'body.createdAt',
    direction: -1,
    least: new Date(0),
    keep: ({ createdAt }) => createdAt.toISOString(),
    parse: (kept) => new Date(kept),
  },
  name: { path: 'body.name', direction: 1, least: '', keep: ({ name }) => name, parse: String },
  price_asc: { ...price, direction: 1 },
  price_desc: { ...price, direction: -1 },
};

/** A range of the sort order's index; products with the same value are ordered by ID. */
const rangeOf = ({ path, direction, least, parse }: Order, after: Position | undefined): Filter => {
  if (!after) return { [path]: { $gte: least } };
  const value = parse(after.value);
  return direction === 1
    ? { [path]: { $gte: value }, $or: [{ [path]: { $gt: value } }, { _id: { $gt: after.id } }] }
    : { [path]: { $gte: least, $lte: value }, $or: [{ [path]: { $lt: value } }, { _id: { $lt: after.id } }] };
};

const filterOf = (wish: PageWish): Filter =>
  Object.fromEntries(
    (['category', 'subcategory', 'brand', 'tag'] as const).flatMap((key) => {
      const value = wish[key];
      return value === undefined ? [] : [[key === 'tag' ? 'body.tags' : `body.${key}`, value]];
    }),
  );

export const mongoProductQueries = (database: MongoDatabase): ProductQueries => {
  const documents = database.stored<ProductBody>(PRODUCTS);
  const bodies = (found: readonly Stored<ProductBody>[]): ProductBody[] =>
    found.flatMap(({ body }) => body ?? []);
  return {
    find: async (productId) => {
      const body = (await documents.get(productId))?.body;
      return body && fromBody(body);
    },
    page: async (wish) => {
      const after =
        wish.cursor === undefined ? undefined : decodeCursor(wish.cursor, wish.sort, SORTED_BY[wish.sort]);
      if (wish.cursor !== undefined && !after)
        return refuse('INVALID_CURSOR', 'The cursor was not issued for this list.');
      const order = ORDERS[wish.sort];
      const found = bodies(
        await documents.find(
          { ...filterOf(wish), ...rangeOf(order, after) },
          { sort: { [order.path]: order.direction, _id: order.direction }, limit: wish.limit + 1 },
        ),
      );
      const items = found.slice(0, wish.limit);
      const last = found.length > wish.limit ? items.at(-1) : undefined;
      return ok({
        items: items.map((body) => summarize(fromBody(body))),
        next: last && encodeCursor({ list: wish.sort, value: order.keep(last), id: last.productId }),
      });
    },
    // Reads both names of every product from the index: counters would be documents that every write contends for.
    categories: async () => {
      const found = await documents.find(
        { 'body.category': { $gte: '' } },
        { fields: ['body.category', 'body.subcategory'] },
      );
      return categoriesOf(bodies(found));
    },
    offers: async (variantIds) => {
      const found = await documents.find({ 'body.variantIds': { $in: variantIds } });
      return offersOf(bodies(found).map(fromBody), variantIds);
    },
  };
};
