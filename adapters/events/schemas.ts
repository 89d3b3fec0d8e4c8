import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { EventEnvelope } from '#kernel/events.ts';
import { whyUnreadable } from './unreadable.ts';

const FOLDER = new URL('../../contracts/events/', import.meta.url);
const FILE = /^(?<type>.+)\.v(?<version>\d+)\.json$/;

// That the contracts are JSON Schema is a matter of their tests; to check it takes longer than all else at a start.
const ajv = new Ajv2020({ strict: false, allErrors: false, validateSchema: false });
addFormats.default(ajv);

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
for (const name of files)
  ajv.addSchema(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as object, name);

/** The versions of each event type, oldest first: `order.placed` → 1, 2. */
const versions = new Map<string, readonly number[]>();
for (const name of files) {
  const groups = FILE.exec(name)?.groups;
  if (!groups) continue;
  const { type = '', version = '' } = groups;
  versions.set(
    type,
    [...(versions.get(type) ?? []), Number(version)].sort((a, b) => a - b),
  );
}

/** The major versions of an event type that have a schema, oldest first. Throws if there is none. */
export const versionsOf = (type: string): readonly number[] => {
  const known = versions.get(type);
  if (!known) throw new Error(`no schema for event ${type} in contracts/events`);
  return known;
};

/** The newest of them, as in an envelope: "2.0". */
export const newestVersionOf = (type: string): string => `${String(versionsOf(type).at(-1))}.0`;

export class InvalidEvent extends Error {
  constructor(envelope: EventEnvelope, reason: string) {
    super(`${envelope.event_type} ${envelope.event_id}: ${reason}`);
    this.name = 'InvalidEvent';
  }
}

const validators = new Map<string, ValidateFunction>();

const validatorOf = (type: string, version: string): ValidateFunction | undefined => {
  const name = `${type}.v${version.split('.')[0] ?? ''}.json`;
  const known = validators.get(name) ?? ajv.getSchema(name);
  if (known) validators.set(name, known);
  return known;
};

/**
 * The envelope's `event_version` for a new payload, such as "1.0": the oldest version that can hold it, so that consumers which
 * do not know the newest version can still read it. Schemas are closed, so fields of a newer version fit no older one. Undefined if
 * the payload violates the contract of each version.
 */
export const versionOf = (type: string, payload: unknown): string | undefined =>
  versionsOf(type)
    .map((version) => `${version}.0`)
    .find((version) => validatorOf(type, version)?.(payload) === true);

/** Throws `InvalidEvent` if the payload violates the contract of its type and version. */
export const checkEvent = (envelope: EventEnvelope): void => {
  const why = whyUnreadable(envelope);
  if (why !== undefined) throw new InvalidEvent(envelope, why);
  const validate = validatorOf(envelope.event_type, envelope.event_version);
  if (!validate) throw new InvalidEvent(envelope, `unknown version ${envelope.event_version}`);
  if (validate(envelope.payload)) return;
  const [first] = validate.errors ?? [];
  throw new InvalidEvent(envelope, `${first?.instancePath ?? ''} ${first?.message ?? 'is invalid'}`);
};
