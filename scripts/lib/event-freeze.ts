import type { Breach } from './schema-compat.ts';

/** Words about a value, which bind nobody. */
const ANNOTATIONS = ['$schema', '$id', 'title', 'description', 'examples', '$comment', 'deprecated'];

/** File name → JSON Schema. */
export type EventSchemas = ReadonlyMap<string, unknown>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema with what it refers to put in, and without annotations. */
const inlined = (schema: unknown, files: EventSchemas, isNameOfField = false): unknown => {
  if (Array.isArray(schema)) return schema.map((part) => inlined(part, files));
  if (!isObject(schema)) return schema;
  const reference = schema['$ref'];
  if (typeof reference === 'string') return inlined(referred(reference, files), files);
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => isNameOfField || !ANNOTATIONS.includes(key))
      .map(([key, part]) => [key, inlined(part, files, key === 'properties')]),
  );
};

const referred = (reference: string, files: EventSchemas): unknown => {
  const [, file = '', name = ''] = /^([\w.-]+)#\/\$defs\/(\w+)$/.exec(reference) ?? [];
  const schema = files.get(file);
  const defs = isObject(schema) ? schema['$defs'] : undefined;
  if (!isObject(defs) || !(name in defs)) throw new Error(`${reference} does not resolve`);
  return defs[name];
};

/** Where two values differ, and how. The order of keys, and of what is required, means nothing. */
const differences = (before: unknown, after: unknown, where: string): readonly Breach[] => {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], `${where}/${key}`));
  }
  const [one, other] = [before, after].map((value) =>
    JSON.stringify(Array.isArray(value) ? value.map((part) => JSON.stringify(part)).sort() : value),
  );
  if (one === other) return [];
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [{ kind, where, detail: `${JSON.stringify(before)} → ${JSON.stringify(after)}` }];
};

/**
 * What differs in the published versions of events. None may: a payload is checked where it is made and where it is
 * read, by services of different age, and old events wait in outboxes and topics. So an old reader must understand what
 * is new, and a new reader what is old; both hold only where the schemas are the same.
 */
export const eventChanges = (published: EventSchemas, now: EventSchemas): readonly Breach[] =>
  [...published.keys()]
    .filter((file) => /\.v\d+\.json$/.test(file))
    .flatMap((file) =>
      now.has(file)
        ? differences(inlined(published.get(file), published), inlined(now.get(file), now), file)
        : [{ kind: 'removed', where: file, detail: '' }],
    );
