import type { LakeFields } from './lake-fields.ts';

/** As much of JSON Schema as the events use. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly format?: string;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** A type of a column, as DuckDB calls it; a list has one item, an object becomes a struct. */
export type LakeType = string | readonly [LakeType] | { readonly [name: string]: LakeType };

/** What of a version of an event enters the lake. */
export interface LakeColumns {
  readonly event_type: string;
  readonly version: number;
  /** See `LakeFields`. */
  readonly shopper: readonly string[];
  readonly columns: Readonly<Record<string, LakeType>>;
}

type Schemas = ReadonlyMap<string, Schema>;

const resolved = (schema: Schema, schemas: Schemas): Schema => {
  if (schema.$ref !== undefined) {
    const [file = '', name = ''] = schema.$ref.split('#/$defs/');
    const found = schemas.get(file)?.$defs?.[name];
    if (!found) throw new Error(`${schema.$ref} does not resolve`);
    return resolved(found, schemas);
  }
  if (!schema.allOf) return schema;
  const parts = schema.allOf.map((part) => resolved(part, schemas));
  const properties: Record<string, Schema> = {};
  for (const part of [...parts, schema]) Object.assign(properties, part.properties);
  return { ...schema, type: 'object', properties };
};

const scalarOf = ({ type, format, maximum, enum: values }: Schema): string => {
  if (format === 'date-time') return 'TIMESTAMPTZ';
  if (type === 'integer') return 'BIGINT';
  // An amount of money, exactly; a share of 1.
  if (type === 'number') return maximum === 1 ? 'DOUBLE' : 'DECIMAL(18,4)';
  if (type === 'boolean') return 'BOOLEAN';
  if (type === 'string' || values) return 'VARCHAR';
  throw new Error(`there is no column for ${type}`);
};

/** Undefined if the schema has none of these fields. */
const typeOf = (
  given: Schema,
  paths: readonly (readonly string[])[],
  schemas: Schemas,
): LakeType | undefined => {
  const schema = resolved(given, schemas);
  if (schema.items) {
    const item = typeOf(schema.items, paths, schemas);
    return item === undefined ? undefined : [item];
  }
  if (schema.type !== 'object') return paths.some((path) => path.length === 0) ? scalarOf(schema) : undefined;
  const entries = [...Map.groupBy(paths, ([name = '']) => name)].flatMap(([name, within]) => {
    const property = schema.properties?.[name];
    const rests = within.map(([, ...rest]) => rest);
    const type = property && typeOf(property, rests, schemas);
    return type === undefined ? [] : [[name, type] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/**
 * The columns of each version of the events that may enter the lake.
 * @param files name → schema, with those that bring shared `$defs`
 */
export const lakeColumns = (
  files: ReadonlyMap<string, object>,
  allowed: Readonly<Record<string, LakeFields>>,
): readonly LakeColumns[] =>
  Object.entries(allowed).flatMap(([type, { fields, shopper = [] }]) => {
    const versions = [...files.keys()].flatMap((name) => {
      const { found, version = '' } = /^(?<found>.+)\.v(?<version>\d+)\.json$/.exec(name)?.groups ?? {};
      return found === type ? [Number(version)] : [];
    });
    const all = versions
      .sort((a, b) => a - b)
      .map((version): LakeColumns => {
        const schema = files.get(`${type}.v${version}.json`) ?? {};
        const columns = typeOf(schema, fields.map((field) => field.split('.')), files) ?? {}; // prettier-ignore
        return { event_type: type, version, shopper, columns: columns as LakeColumns['columns'] };
      });
    const newest = all.at(-1);
    if (!newest) throw new Error(`there is no event ${type}`);
    const missing = fields.filter((field) => !pathsIn(newest.columns).has(field));
    if (missing.length > 0) throw new Error(`${type} has no ${missing.join(', ')}`);
    return all;
  });

/** `items.product_id`, … */
export const pathsIn = (type: LakeType, prefix = ''): ReadonlySet<string> => {
  if (typeof type === 'string') return new Set([prefix]);
  if (Array.isArray(type)) return pathsIn((type as readonly [LakeType])[0], prefix);
  return new Set(
    Object.entries(type as Readonly<Record<string, LakeType>>).flatMap(([name, one]) => [
      ...pathsIn(one, prefix === '' ? name : `${prefix}.${name}`),
    ]),
  );
};
