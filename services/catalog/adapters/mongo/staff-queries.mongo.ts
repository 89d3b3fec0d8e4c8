import type { Filter, Scalar } from '#adapters/mongo/filters.ts';
import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { termsWanted } from '../../core/domain/terms.ts';
import type { StaffFilter } from '../../core/ports/staff-filter.ts';
import type { StaffQueries, StaffSort } from '../../core/ports/staff-queries.ts';
import { STAFF_SORTS, staffList, staffPosition } from '../staff-sorts.ts';
import { fromBody, PRODUCTS, type ProductBody } from './product-documents.ts';

interface Field {
  readonly path: string;
  /** Below every value: a range from here on excludes tombstones, which have no value. */
  readonly least: Scalar;
  /** The value of a cursor, to compare the field with. */
  readonly parse: (kept: string | number) => Scalar;
}

const inTime = { least: new Date(0), parse: (kept: string | number) => new Date(kept) };
const PRICE: Field = { path: 'body.staff.priceFrom', least: 0, parse: Number };

const FIELDS: Readonly<Record<StaffSort, Field>> = {
  updated: { path: 'body.staff.updatedAt', ...inTime },
  newest: { path: 'body.staff.createdAt', ...inTime },
  name: { path: 'body.staff.name', least: '', parse: String },
  price_asc: PRICE,
  price_desc: PRICE,
};

/** A range of the sort order's index; products with the same value are ordered by ID. */
const rangeOf = (sort: StaffSort, after: Position | undefined): Filter => {
  const { path, least, parse } = FIELDS[sort];
  if (!after) return { [path]: { $gte: least } };
  const value = parse(after.value);
  return STAFF_SORTS[sort].isDescending
    ? { [path]: { $gte: least, $lte: value }, $or: [{ [path]: { $lt: value } }, { _id: { $lt: after.id } }] }
    : { [path]: { $gte: value }, $or: [{ [path]: { $gt: value } }, { _id: { $gt: after.id } }] };
};

/** The conditions of a filter, all of which must hold. */
export const staffConditions = (filter: StaffFilter): Filter[] => {
  const { stages, updatedSince, categoryId, tag } = filter;
  return [
    ...(stages ? [{ 'body.staff.stage': { $in: stages } }] : []),
    ...(updatedSince ? [{ 'body.staff.updatedAt': { $gte: updatedSince } }] : []),
    ...(categoryId === undefined ? [] : [{ 'body.filedIn': categoryId }]),
    ...(['category', 'subcategory', 'brand'] as const).flatMap((key) =>
      filter[key] === undefined ? [] : [{ [`body.staff.${key}`]: filter[key] }],
    ),
    ...(tag === undefined ? [] : [{ 'body.staff.tags': tag }]),
    ...termsWanted(filter).map((term) => ({ 'body.staff.terms': term })),
  ];
};

export const mongoStaffQueries = (database: MongoDatabase): StaffQueries => {
  const documents = database.stored<ProductBody>(PRODUCTS);
  return {
    find: async (productId) => {
      const body = (await documents.get(productId))?.body;
      return body && fromBody(body);
    },
    page: async (request) => {
      const { sort, limit } = request;
      const after = positionOf(request, staffList(sort), STAFF_SORTS[sort].by);
      if (!after.ok) return after;
      const direction = STAFF_SORTS[sort].isDescending ? -1 : 1;
      const conditions = staffConditions(request);
      const found = await documents.find(
        { ...rangeOf(sort, after.value), ...(conditions.length > 0 && { $and: conditions }) },
        { sort: { [FIELDS[sort].path]: direction, _id: direction }, limit: limit + 1 },
      );
      const products = found.flatMap(({ body }) => (body ? [fromBody(body)] : []));
      return pageOf(products, limit, staffPosition(sort));
    },
  };
};
