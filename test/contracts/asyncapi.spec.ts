import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { MODULES } from '#all-in-one/main/modules.ts';
import { eventTypes } from '#contracts/generated/events.ts';
import { isToldOf, PLANNED } from '#scripts/lib/event-services.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openToolbox } from '#test/kit/toolbox.ts';

const FILE = new URL('../../contracts/asyncapi.yaml', import.meta.url);
const document = parse(readFileSync(FILE, 'utf8'));

const referencesIn = (value: object): readonly string[] =>
  [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);

const isThere = (reference: string): boolean =>
  reference.startsWith('#/')
    ? reference
        .slice(2)
        .split('/')
        .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document) !==
      undefined
    : existsSync(new URL(reference, FILE));

const servicesThat = (action: string, type: string): readonly string[] =>
  Object.values<{ action: string; channel: { $ref: string }; tags: { name: string }[] }>(document.operations)
    .filter((operation) => operation.action === action && operation.channel.$ref === `#/channels/${type}`)
    .flatMap(({ tags }) => tags.map(({ name }) => name));

describe('contracts/asyncapi.yaml', () => {
  it('is an AsyncAPI 3 document', () => {
    const schema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json') as object;
    const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, logger: false });
    addFormats.default(ajv);
    const isValid = ajv.compile(schema);
    expect([isValid(document), isValid.errors]).toEqual([true, null]);
    expect(isValid({ ...document, channels: { wrong: { address: 1 } } })).toBe(false);
  });

  it('uses schemas of JSON Schema 2020-12', () => {
    const folder = new URL('events/', FILE);
    const ajv = new Ajv2020({ strict: false });
    const wrong = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .filter((name) => ajv.validateSchema(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))) !== true);
    expect(wrong).toEqual([]);
    expect(ajv.validateSchema({ type: 'nothing' })).toBe(false);
  });

  it('has no dangling reference', () => {
    const references = referencesIn(document);
    expect(references.length).toBeGreaterThan(60);
    expect(references.filter((reference) => !isThere(reference))).toEqual([]);
  });

  it('has a channel for each event, with one sender unless it is planned, or of all services with acts of staff', () => {
    const isPlanned = (type: string): boolean => PLANNED.some((service) => type.startsWith(`${service}.`));
    expect(Object.keys(document.channels)).toEqual([...eventTypes]);
    expect(
      eventTypes.filter((type) => servicesThat('send', type).length !== (isPlanned(type) ? 0 : 1)),
    ).toEqual(['staff.acted']);
    expect(servicesThat('send', 'staff.acted')).toEqual([
      'catalog',
      'inventory',
      'media',
      'notification',
      'order',
      'review',
      'search',
      'user',
    ]);
  });

  it('names the receivers of each event, as they subscribe to it', async () => {
    const subscribed = new Map<string, string[]>(eventTypes.map((type) => [type, []]));
    for (const module of MODULES) {
      const toolbox = await openToolbox('memory', module);
      const { consumers = [] } = await module.compose(toolbox);
      for (const topic of consumers.flatMap(({ topics }) => topics)) subscribed.get(topic)?.push(module.name);
    }
    const documented = eventTypes.map((type) => [type, servicesThat('receive', type)]);
    const others = [...subscribed].map(([type, names]) => {
      const senders = servicesThat('send', type); // what a service sends itself is its own business
      return [type, [...new Set(names)].filter((name) => isToldOf({ senders }, name)).sort()];
    });
    expect(documented).toEqual(others);
  });

  it('describes an event as it is sent', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema(document, 'asyncapi.yaml');
    for (const name of ['order.refunded.v1.json', 'common.json'])
      ajv.addSchema(
        JSON.parse(readFileSync(new URL(`events/${name}`, FILE), 'utf8')) as object,
        `events/${name}`,
      );
    const isMessage = ajv.compile({
      $ref: 'asyncapi.yaml#/components/messages/order.refunded.v1/payload',
    });
    const event = eventAbout(systemIds.next(), 'order.refunded');
    expect([isMessage(event), isMessage.errors]).toEqual([true, null]);
    expect(isMessage({ ...event, event_type: 'order.placed' })).toBe(false);
    expect(isMessage({ ...event, note: 'more' })).toBe(false);
  });
});
