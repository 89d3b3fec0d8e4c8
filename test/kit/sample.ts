import { readFileSync } from 'node:fs';
import { checkEvent, newestVersionOf, versionsOf } from '#adapters/events/schemas.ts';
import type { EventEnvelope, EventPayloads, EventType } from '#kernel/events.ts';
import { START } from './start.ts';

const FOLDER = new URL('../../contracts/events/', import.meta.url);
const SAMPLE_ID = '0190a000-0000-7000-8000-00000000ffff';

/** As much of JSON Schema as the events use. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const read = (file: string): Schema => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Schema;

const TEXTS: Readonly<Record<string, string>> = {
  uuid: SAMPLE_ID,
  'date-time': START.toISOString(),
  date: START.toISOString().slice(0, 10),
  '^[A-Z]{3}$': 'EUR',
  '^[A-Z]{2}$': 'DE',
  '^[0-9]{4}$': '0000',
};

const referred = (ref: string): Schema => {
  const [file = '', name = ''] = ref.split('#/$defs/');
  const found = read(file).$defs?.[name];
  if (!found) throw new Error(`${ref} does not resolve`);
  return found;
};

/** The least that a schema takes; arrays have one item, to provide values to fill in. */
const sampleOf = (schema: Schema): unknown => {
  if (schema.$ref !== undefined) return sampleOf(referred(schema.$ref));
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(sampleOf)) as unknown;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return [sampleOf(schema.items ?? {})];
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    default:
      return TEXTS[schema.format ?? schema.pattern ?? ''] ?? 'sample';
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const filledUp = (value: unknown, from: unknown): unknown => {
  if (Array.isArray(value) && Array.isArray(from)) return value.map((item) => filledUp(item, from[0]));
  if (!isObject(value) || !isObject(from)) return value;
  const names = new Set([...Object.keys(from), ...Object.keys(value)]);
  return Object.fromEntries(
    [...names].map((name) => [name, name in value ? filledUp(value[name], from[name]) : from[name]]),
  );
};

const samples = new Map<EventType, object>();

/** The required fields of the newest version. */
const leastPayload = (type: EventType): object => {
  const known = samples.get(type);
  if (known) return known;
  const made = Object(sampleOf(read(`${type}.v${String(versionsOf(type).at(-1))}.json`))) as object;
  samples.set(type, made);
  return made;
};

/** Some fields of a value, and of those inside it. */
export type Sketch<T> = T extends readonly (infer Item)[]
  ? readonly Sketch<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]?: Sketch<T[Name]> | undefined }
    : T;

/** A payload with the fields of the sketch, `id` as its first field, and samples of all other required fields. */
export const payloadAbout = <T extends EventType>(
  id: string,
  type: T,
  sketch: Sketch<EventPayloads[T]> | undefined,
): EventPayloads[T] => {
  const least = leastPayload(type);
  const [idField = ''] = Object.keys(least);
  return filledUp(sketch ?? {}, { ...least, [idField]: id }) as EventPayloads[T];
};

/**
 * A message that says only what its consumer reads, with the rest of what the event's schema asks for.
 * Throws `InvalidEvent` when it contradicts the schema.
 */
export const completed = (type: EventType, message: object): EventEnvelope => {
  const envelope = filledUp(message, {
    event_type: type,
    event_version: newestVersionOf(type),
    timestamp: START.toISOString(),
    causation_id: SAMPLE_ID,
    aggregate_id: SAMPLE_ID,
    aggregate_version: 1,
    key: SAMPLE_ID,
    payload: leastPayload(type),
  }) as EventEnvelope;
  checkEvent(envelope);
  return envelope;
};
