import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const FOLDER = new URL('../../../../contracts/lake/', import.meta.url);

/** A type of DuckDB; a list has one item, an object is a struct. */
export type LakeType = string | readonly LakeType[] | { readonly [name: string]: LakeType };
const Type: z.ZodType<LakeType> = z.lazy(() =>
  z.union([z.string(), z.array(Type).length(1), z.record(z.string(), Type)]),
);

const File = z.object({
  event_type: z.string(),
  version: z.int(),
  shopper: z.array(z.string()),
  columns: z.record(z.string(), Type),
});

/** What of a version of an event may enter the lake. */
export type LakeColumns = z.infer<typeof File>;

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => File.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))))
  .sort((a, b) => a.version - b.version);

/** Undefined for a version that may not enter it. */
export const columnsOf = (type: string, version: number): LakeColumns | undefined =>
  files.find((file) => file.event_type === type && file.version === version);

/** Those of the newest version, which has all columns of the older ones. */
export const newestColumnsOf = (type: string): LakeColumns | undefined =>
  files.findLast((file) => file.event_type === type);

/** All that may enter the lake. */
export const lakeTypes: readonly string[] = [...new Set(files.map(({ event_type }) => event_type))].sort();
