import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { START } from '#test/kit/start.ts';
import { openParquetLake } from '../adapters/lake/parquet-lake.ts';
import { folderFiles } from '../adapters/lake/folder-files.ts';
import { rowOf, subjectOf } from '../adapters/lake/row-of.ts';
import type { Fact } from '../core/domain/fact.ts';
import { factOf } from './pacts/facts.rig.ts';
import { lakeFolder, readLake } from './lake.rig.ts';

const FOLDER = new URL('../../../contracts/events/', import.meta.url);
const PERSON = '0190a000-0000-7000-8000-0000000000ff';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const read = (file: string): Schema => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Schema;

/** Whose ID a person is found by. */
const NAMES_PERSON = /(^|[._])(user_id|cart_id|actor)$/;

/** A value with every field that the schema has, and a planted text in each that takes one. */
const planted = (schema: Schema, path: string): unknown => {
  if (schema.$ref !== undefined) {
    const [file = '', name = ''] = schema.$ref.split('#/$defs/');
    return planted(read(file).$defs?.[name] ?? {}, path);
  }
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => planted(one, path))) as unknown;
  if (schema.enum) return schema.enum[0];
  const { type, format, pattern, properties = {}, additionalProperties, minimum = 0 } = schema;
  if (type === 'array') return [planted(schema.items ?? {}, path)];
  if (type === 'object') {
    const fields = Object.entries(properties).map(([name, one]) => [name, planted(one, `${path}.${name}`)]);
    const any = additionalProperties ? [['any', planted(additionalProperties, `${path}.any`)]] : [];
    return Object.fromEntries([...fields, ...any]) as unknown;
  }
  if (type === 'integer' || type === 'number') return Math.max(minimum, 1);
  if (type === 'boolean') return true;
  if (format === 'uuid') return NAMES_PERSON.test(path) ? PERSON : systemIds.next();
  if (format === 'date-time') return START.toISOString();
  if (format === 'date') return START.toISOString().slice(0, 10);
  if (pattern !== undefined) return pattern.includes('3') ? 'EUR' : pattern.includes('4') ? '0000' : 'DE';
  return `planted:${path};`;
};

const events = readdirSync(FOLDER).flatMap((file): EventEnvelope[] => {
  const { type, version = '' } = /^(?<type>.+)\.v(?<version>\d+)\.json$/.exec(file)?.groups ?? {};
  if (type === undefined) return [];
  return [
    {
      event_id: systemIds.next(),
      event_type: type as EventType,
      event_version: `${version}.0`,
      timestamp: START.toISOString(),
      correlation_id: 'planted:correlation;',
      causation_id: PERSON,
      aggregate_id: PERSON,
      aggregate_version: 1,
      key: PERSON,
      payload: planted(read(file), '') as EventEnvelope['payload'],
    },
  ];
});

/** What shops write about their products, and what analytics has checked before it published it. */
const TEXTS_OF_SHOP = [
  '.brand', '.category', '.category_path', '.description', '.items.sku', '.model_version', '.name', '.placement', '.query',
  '.sku', '.source.query', '.strategy', '.subcategory', '.tags', '.variants.sku',
]; // prettier-ignore

const plantsIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/planted:([^;]*);/g)].map(([, path = '']) => path))].sort();

it('every text, token and user of every event is planted', () => {
  const text = JSON.stringify(events);
  expect(plantsIn(text)).toEqual(
    expect.arrayContaining([
      '.customer.email',
      '.customer.name',
      '.payment_token',
      '.shipping_address.line1',
    ]),
  );
  expect(text).toContain(PERSON);
});

it('no name, address, e-mail address, token or user of an event reaches the warehouse', async () => {
  const pseudonym = systemIds.next();
  const facts = await Promise.all(events.map((event) => factOf(event, new Map([[PERSON, pseudonym]]))));
  const kept = facts.filter((fact): fact is Fact => fact !== undefined);
  expect(new Set(kept.map(({ kind }) => kind)).size).toBeGreaterThan(3);
  expect(plantsIn(JSON.stringify(kept))).toEqual(['.query', '.sku']); // a query is checked before it is published
  expect(JSON.stringify(kept)).not.toContain(PERSON);
  expect(JSON.stringify(kept)).toContain(pseudonym);
});

it('nor does one reach the lake', async () => {
  const pseudonyms = new Map([[PERSON, systemIds.next()]]);
  const rows = events.flatMap((event) => rowOf(event, pseudonyms) ?? []);
  expect(events.some((event) => subjectOf(event) === PERSON)).toBe(true);
  expect(plantsIn(JSON.stringify(rows))).toEqual(TEXTS_OF_SHOP);
  expect(JSON.stringify(rows)).not.toContain(PERSON);

  const folder = lakeFolder();
  const lake = await openParquetLake(folderFiles(folder), `${folder}/_unfinished`);
  await lake.write({ batchId: systemIds.next(), rows });
  await lake.close();
  const types = [...new Set(rows.map(({ eventType }) => eventType))];
  const written = JSON.stringify(await Promise.all(types.map((type) => readLake(folder, type))));
  expect(plantsIn(written)).toEqual(TEXTS_OF_SHOP);
  expect(written).not.toContain(PERSON);
});
