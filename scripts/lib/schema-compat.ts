/** The part of JSON Schema that the contracts use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly [keyword: string]: unknown;
}

/** Whether clients send what the schema describes, or receive it. */
export type Role = 'request' | 'response';

/** A change that breaks a client that was made before it. */
export interface Breach {
  readonly kind: string;
  /** Operation and JSON pointer. */
  readonly where: string;
  readonly detail: string;
}

/** Both versions of a schema, with what looks up their references. */
export interface Pair {
  readonly before: Schema;
  readonly after: Schema;
  readonly lookUp: { readonly before: LookUp; readonly after: LookUp };
}
export type LookUp = (reference: string) => Schema;

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
/** A change of these is not understood, so it counts as one for the worse. */
const WHOLE = ['pattern', 'format', 'const', 'not', 'allOf', 'anyOf', 'oneOf', 'multipleOf', 'uniqueItems'];

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * What a client that knows `before` cannot live with in `after`: it may send whatever was allowed, and it understands
 * every former response. Clients ignore additional response fields, so these break none.
 */
export const schemaBreaches = (pair: Pair, role: Role, where: string): readonly Breach[] =>
  compare(pair, role, where, new Set());

const compare = (pair: Pair, role: Role, where: string, seen: ReadonlySet<string>): readonly Breach[] => {
  const { lookUp } = pair;
  const step = `${pair.before.$ref ?? ''} ${pair.after.$ref ?? ''}`;
  if (step !== ' ' && seen.has(step)) return []; // a schema that contains itself
  const walked = new Set([...seen, step]);
  const before = resolve(pair.before, lookUp.before);
  const after = resolve(pair.after, lookUp.after);
  if (role === 'request' && before.oneOf === undefined && after.oneOf !== undefined)
    return leastBreaking(
      after.oneOf.map((one) => compare({ before, after: one, lookUp }, role, where, walked)),
    );
  const inner = (b: Schema, a: Schema, name: string): readonly Breach[] =>
    compare({ before: b, after: a, lookUp }, role, `${where}/${name}`, walked);

  const own = role === 'request' ? sentBreaches(before, after) : receivedBreaches(before, after);
  const { properties = {}, additionalProperties: rest } = before;
  return [
    ...own.map(([kind, detail]) => ({ kind: `${role}-${kind}`, where, detail })),
    ...Object.entries(properties).flatMap(([name, schema]) => {
      const now = after.properties?.[name];
      return now ? inner(schema, now, name) : [];
    }),
    ...(before.items && after.items ? inner(before.items, after.items, 'items') : []),
    ...(typeof rest === 'object' && typeof after.additionalProperties === 'object'
      ? inner(rest, after.additionalProperties, '*')
      : []),
  ];
};

/** A request may be what it was before, or something else: it breaks what the closest of the alternatives breaks. */
const leastBreaking = (alternatives: readonly (readonly Breach[])[]): readonly Breach[] =>
  alternatives.toSorted((a, b) => a.length - b.length)[0] ?? [];

/** What stands beside a reference adds to it. */
const resolve = (schema: Schema, lookUp: LookUp): Schema => {
  const { $ref, ...beside } = schema;
  return $ref === undefined ? schema : { ...resolve(lookUp($ref), lookUp), ...beside };
};

type Fault = readonly [kind: string, detail: string];

/** A formerly allowed request is no longer allowed. */
const sentBreaches = (before: Schema, after: Schema): readonly Fault[] => [
  ...without(typesOf(before), typesOf(after)).map((type): Fault => ['type-narrowed', `no ${type}`]),
  ...enumBreaches('enum-narrowed', before.enum, after.enum),
  ...without(after.required, before.required).map((name): Fault => ['field-required', name]),
  ...without(fieldsOf(before), fieldsOf(after)).map((name): Fault => ['field-removed', name]),
  ...(before.additionalProperties !== false && after.additionalProperties === false
    ? [['closed', 'other fields'] as const]
    : []),
  ...LOWER.filter((limit) => numberOf(after, limit, -Infinity) > numberOf(before, limit, -Infinity)).map(
    narrowed,
  ),
  ...UPPER.filter((limit) => numberOf(after, limit, Infinity) < numberOf(before, limit, Infinity)).map(
    narrowed,
  ),
  ...WHOLE.filter((key) => after[key] !== undefined && !same(after[key], before[key])).map(narrowed),
];

const narrowed = (keyword: string): Fault => ['limit-narrowed', keyword];

/** A response that was not possible before. */
const receivedBreaches = (before: Schema, after: Schema): readonly Fault[] => [
  ...without(typesOf(after), typesOf(before)).map((type): Fault => ['type-widened', `also ${type}`]),
  ...enumBreaches('enum-widened', after.enum, before.enum),
  ...without(fieldsOf(before), fieldsOf(after)).map((name): Fault => ['field-removed', name]),
  ...without(before.required, after.required)
    .filter((name) => fieldsOf(after).includes(name))
    .map((name): Fault => ['field-optional', name]),
  ...WHOLE.filter((key) => before[key] !== undefined && !same(after[key], before[key])).map(
    (keyword): Fault => ['format-changed', keyword],
  ),
];

/** Values of `these` that are none of `those`; where `those` lists none, each is. */
const enumBreaches = (
  kind: string,
  these: readonly unknown[] | undefined,
  those: readonly unknown[] | undefined,
): readonly Fault[] => {
  if (those === undefined) return [];
  if (these === undefined) return [[kind, 'any value → a list']];
  return without(these.map(String), those.map(String)).map((value) => [kind, value]);
};

/** Every integer is a number. */
const typesOf = ({ type, enum: values }: Schema): readonly string[] => {
  const types = [type ?? (values ? [...new Set(values.map((value) => typeof value))] : [])].flat();
  return types.includes('number') ? [...types, 'integer'] : types;
};

const fieldsOf = ({ properties = {} }: Schema): readonly string[] => Object.keys(properties);

const without = (these: readonly string[] = [], those: readonly string[] = []): readonly string[] =>
  these.filter((one) => !those.includes(one));

const numberOf = (schema: Schema, limit: string, fallback: number): number => {
  const value = schema[limit];
  return typeof value === 'number' ? value : fallback;
};
