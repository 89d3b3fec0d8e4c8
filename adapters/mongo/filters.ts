import type { IndexDeclaration } from './indexes.ts';

export type Scalar = string | number | boolean | Date;

/** The operators that MongoDB, Amazon DocumentDB and FerretDB implement identically. */
export interface Range {
  readonly $in?: readonly Scalar[];
  readonly $gt?: Scalar;
  readonly $gte?: Scalar;
  readonly $lt?: Scalar;
  readonly $lte?: Scalar;
}

/** Conditions by path, all of which must hold; `$or` takes filters of which one must. */
export interface Filter {
  readonly [path: string]: Scalar | Range | readonly Filter[];
}

/** By path, 1 ascending and -1 descending. */
export type Sort = Readonly<Record<string, 1 | -1>>;

const WITHIN: readonly string[] = ['$in', '$gt', '$gte', '$lt', '$lte'];
const AROUND: readonly string[] = ['$or', '$and'];

const isScalar = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;

const checkCondition = (path: string, condition: object): void => {
  for (const [operator, value] of Object.entries(condition)) {
    if (!WITHIN.includes(operator)) throw new TypeError(`${path}: ${operator} is no operator that we use`);
    const values: readonly unknown[] = operator === '$in' && Array.isArray(value) ? value : [value];
    if (!values.every(isScalar)) throw new TypeError(`${path}: ${operator} compares with plain values only`);
  }
};

/** Throws for other operators: some servers silently return wrong results for them. */
export const checkFilter = (filter: Filter): void => {
  for (const [path, condition] of Object.entries(filter)) {
    if (AROUND.includes(path)) {
      if (!Array.isArray(condition)) throw new TypeError(`${path} takes a list of filters`);
      for (const part of condition) checkFilter(part as Filter);
    } else if (path.startsWith('$')) throw new TypeError(`${path} is no operator that we use`);
    else if (typeof condition === 'object' && !(condition instanceof Date)) checkCondition(path, condition);
  }
};

/** The same filter with lists of one value replaced by that value, so that servers with a simple planner see a plain lookup. */
export const plain = (filter: Filter): Filter =>
  Object.fromEntries(
    Object.entries(filter).map(([path, condition]) => {
      const only = typeof condition === 'object' && '$in' in condition ? condition.$in : undefined;
      const isAlone = only?.length === 1 && Object.keys(condition).length === 1;
      return [path, isAlone ? (only[0] ?? condition) : condition];
    }),
  );

const leads = ({ key }: IndexDeclaration, filter: Filter, sort: Sort): boolean => {
  const fields = Object.entries(key);
  const wanted = Object.entries(sort);
  const [first] = fields;
  if (wanted.length === 0) return first !== undefined && first[0] in filter;
  const start = fields.findIndex(([path]) => path === wanted[0]?.[0]);
  if (start < 0 || !fields.slice(0, start).every(([path]) => isScalar(filter[path]))) return false;
  const turned = fields[start]?.[1] !== wanted[0]?.[1];
  return wanted.every(([path, direction], at) => {
    const field = fields[start + at];
    return field?.[0] === path && (field[1] !== direction) === turned;
  });
};

const BY_ID: IndexDeclaration = { name: '_id_', key: { _id: 1 } };

/**
 * Throws if no declared index serves the query: an index that begins with a field of the filter, or, for a sorted query, one
 * that contains the sort order after fields that the filter compares for equality.
 */
export const checkServed = (indexes: readonly IndexDeclaration[], filter: Filter, sort: Sort): void => {
  if ([BY_ID, ...indexes].some((index) => leads(index, filter, sort))) return;
  const paths = Object.keys(filter).join(', ');
  throw new TypeError(`no index serves a filter on ${paths} sorted by ${Object.keys(sort).join(', ')}`);
};
