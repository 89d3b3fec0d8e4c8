import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { apiBreaches, type ApiDocument } from './openapi-compat.ts';

const THINGS = `
paths:
  /things/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
    put:
      security: [{ bearer: [keeper] }]
      requestBody:
        content:
          application/json: { schema: { $ref: '#/components/schemas/Input' } }
          text/csv: { schema: { type: string } }
      responses:
        '200':
          headers: { ETag: { schema: { type: string } } }
          content:
            application/json: { schema: { $ref: '#/components/schemas/Thing' } }
            text/html: { schema: { type: string } }
        '409': { $ref: '#/components/responses/Refused' }
components:
  responses:
    Refused: { description: Refused }
  schemas:
    Input:
      required: [name]
      properties:
        name: { type: string, maxLength: 100, minLength: 1, pattern: '^[a-z]*$' }
        kind: { type: string, enum: [lamp, chair] }
        weight: { type: number, maximum: 9 }
        note: { type: string }
        box: { additionalProperties: { type: string } }
    Thing:
      required: [thing_id, state]
      properties:
        thing_id: { type: string, format: uuid }
        state: { type: string, enum: [old, new] }
        size: { type: integer }
        parts: { type: array, items: { $ref: '#/components/schemas/Thing' } }
`;

const kindsOf = (before: string, after: string): readonly string[] =>
  apiBreaches(parse(before) as ApiDocument, parse(after) as ApiDocument).map(({ kind }) => kind);

/** The document with `from` replaced by `to`. */
const changed = (from: string, to: string): string => {
  if (!THINGS.includes(from)) throw new Error(`nothing like ${from}`);
  return THINGS.replace(from, to);
};

describe('a change of an API that breaks clients', () => {
  it.each([
    ['operation-removed', 'a path', '/things/{id}:', '/stuff/{id}:'],
    ['operation-removed', 'a method', '    put:', '    post:'],
    ['parameter-removed', 'a parameter', 'name: limit', 'name: most'],
    ['parameter-required', 'a parameter', 'in: query,', 'in: query, required: true,'],
    [
      'parameter-required',
      'a new parameter',
      '    put:',
      '      - { name: to, in: query, required: true }\n    put:',
    ],
    ['request-limit-narrowed', 'a parameter', 'maximum: 100', 'maximum: 50'],
    ['body-required', 'a body', 'requestBody:\n', 'requestBody:\n        required: true\n'],
    ['request-type-of-body-removed', 'a body', 'text/csv', 'text/tab-separated-values'],
    ['response-removed', 'a status', "'409'", "'422'"],
    ['response-header-removed', 'a header', 'ETag', 'Version'],
    ['response-type-of-body-removed', 'an answer', 'text/html', 'text/plain'],
    ['security-narrowed', 'a role', '[keeper]', '[owner]'],
    ['security-narrowed', 'a scheme', 'bearer: [', 'badge: ['],
    ['request-field-required', 'a field', 'required: [name]', 'required: [name, kind]'],
    ['request-field-required', 'a new field', 'required: [name]', 'required: [name, colour]'],
    ['request-field-removed', 'a field', 'note:', 'remark:'],
    ['request-type-narrowed', 'a type', 'type: number', 'type: integer'],
    ['request-type-narrowed', 'another type', 'note: { type: string }', 'note: { type: boolean }'],
    ['request-enum-narrowed', 'a value', 'enum: [lamp, chair]', 'enum: [lamp]'],
    ['request-enum-narrowed', 'any value', 'note: { type: string }', 'note: { type: string, enum: [a] }'],
    ['request-limit-narrowed', 'an upper limit', 'maxLength: 100', 'maxLength: 99'],
    ['request-limit-narrowed', 'a lower limit', 'minLength: 1', 'minLength: 2'],
    [
      'request-limit-narrowed',
      'a new limit',
      'note: { type: string }',
      'note: { type: string, maxLength: 9 }',
    ],
    ['request-limit-narrowed', 'a pattern', '^[a-z]*$', '^[a-f]*$'],
    [
      'request-limit-narrowed',
      'other values',
      'additionalProperties: {',
      'additionalProperties: { maxLength: 9,',
    ],
    ['request-closed', 'other fields', '    Input:', '    Input:\n      additionalProperties: false'],
    ['response-field-removed', 'a field', 'size:', 'width:'],
    ['response-field-removed', 'a required field', 'state: {', 'status: {'],
    ['response-field-optional', 'a field', 'required: [thing_id, state]', 'required: [thing_id]'],
    ['response-type-widened', 'a type', 'size: { type: integer }', 'size: { type: number }'],
    ['response-type-widened', 'nothing', 'size: { type: integer }', "size: { type: [integer, 'null'] }"],
    ['response-enum-widened', 'a value', 'enum: [old, new]', 'enum: [old, new, lost]'],
    [
      'response-enum-widened',
      'any value',
      'state: { type: string, enum: [old, new] }',
      'state: { type: string }',
    ],
    ['response-format-changed', 'a format', ', format: uuid', ''],
  ])('%s: %s', (kind, _what, from, to) => {
    expect(kindsOf(THINGS, changed(from, to))).toContain(kind);
  });

  it('is an additional scope of a service', () => {
    const [before, after] = ['[a]', '[a, b]'].map((scopes) =>
      changed('bearer: [keeper]', `service: ${scopes}`),
    );
    expect(kindsOf(String(before), String(after))).toEqual(['security-narrowed']);
    expect(kindsOf(String(after), String(before))).toEqual(['security-loosened']);
  });
});

describe('a body that may be one of several things from now on', () => {
  const OWN = "application/json: { schema: { $ref: '#/components/schemas/Input' } }";
  const oneOf = (...alternatives: readonly string[]): string =>
    changed(OWN, `application/json: { schema: { oneOf: [${alternatives.join(', ')}] } }`);
  const OTHER = '{ required: [lines], properties: { lines: { type: array } } }';

  it('breaks nothing if one of them is what it was', () => {
    expect(kindsOf(THINGS, oneOf(OTHER, "{ $ref: '#/components/schemas/Input' }"))).toEqual([]);
  });

  it('breaks clients if none of them is', () => {
    expect(kindsOf(THINGS, oneOf(OTHER, OTHER))).toContain('request-field-required');
  });
});

describe('a change of an API that admits more callers', () => {
  it.each([
    ['all callers', 'security: [{ bearer: [keeper] }]', 'security: []'],
    ['all callers, without `security`', '      security: [{ bearer: [keeper] }]\n', ''],
    ['all callers as well', '[{ bearer: [keeper] }]', '[{ bearer: [keeper] }, {}]'],
    ['all signed-in users', '[keeper]', '[]'],
    ['another role', '[keeper]', '[keeper, owner]'],
    ['services, besides', '[{ bearer: [keeper] }]', '[{ bearer: [keeper] }, { service: [things:write] }]'],
  ])('%s', (_who, from, to) => {
    expect(kindsOf(THINGS, changed(from, to))).toEqual(['security-loosened']);
  });

  it.each([
    ['a scheme that was asked for besides', 'bearer: [keeper], service: [a]', 'bearer: [keeper]'],
    ['one of several scopes', 'service: [a, b]', 'service: [a]'],
  ])('because it no longer requires %s', (_what, was, is) => {
    const [before, after] = [was, is].map((security) => changed('bearer: [keeper]', security));
    expect(kindsOf(String(before), String(after))).toEqual(['security-loosened']);
  });
});

describe('a change of how recently callers must have proved who they are', () => {
  const within = (seconds: number): string =>
    changed(
      '      security: [{ bearer: [keeper] }]\n',
      `      security: [{ bearer: [keeper] }]\n      x-step-up: ${seconds}\n`,
    );

  it('breaks no client if they must at all, or more recently, and loosens the security otherwise', () => {
    expect(kindsOf(THINGS, within(900))).toEqual([]);
    expect(kindsOf(within(900), within(600))).toEqual([]);
    expect(kindsOf(within(900), within(901))).toEqual(['security-loosened']);
    expect(kindsOf(within(900), THINGS)).toEqual(['security-loosened']);
  });
});

describe('a change of an API that breaks no client', () => {
  it.each([
    ['nothing', '', ''],
    ['an operation more', '    put:', '    get: { responses: {} }\n    put:'],
    ['a parameter more', '    put:', '      - { name: to, in: query }\n    put:'],
    ['a status more', "        '409'", "        '422': { description: Refused }\n        '409'"],
    ['a field that may be sent', 'note:', 'colour: { type: string }\n        note:'],
    ['a field more in the answer', 'size:', 'colour: { type: string }\n        size:'],
    ['a limit that is wider', 'maxLength: 100', 'maxLength: 200'],
    ['a limit that is gone', ', maxLength: 100', ''],
    ['a value more that may be sent', 'enum: [lamp, chair]', 'enum: [lamp, chair, desk]'],
    ['a value less in the answer', 'enum: [old, new]', 'enum: [old]'],
    ['a field that is always answered', 'required: [thing_id, state]', 'required: [thing_id, state, size]'],
  ])('%s', (_what, from, to) => {
    expect(kindsOf(THINGS, changed(from, to))).toEqual([]);
  });
});
