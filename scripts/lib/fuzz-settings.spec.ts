import { describe, expect, it } from 'vitest';
import type { Spec } from '#adapters/http/spec.ts';
import { fuzzSettings } from './fuzz-settings.ts';

const DOCUMENT = {
  paths: {
    '/things/{id}': {
      parameters: [{ $ref: '#/components/parameters/IfMatch' }],
      put: {
        operationId: 'changeThing',
        requestBody: { content: { 'application/json': {} } },
        responses: { '200': {}, '422': { 'x-codes': ['TOO_SMALL'] }, '418': {}, default: {} },
      },
      post: {
        operationId: 'importThings',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: { content: { 'text/csv': {} } },
        responses: { '201': {} },
      },
    },
  },
} as unknown as Spec;

/** The lines of an operation. */
const settingsOf = (operation: string): string => {
  const blocks = fuzzSettings(DOCUMENT, {}).split('\n\n');
  return blocks.find((block) => block.includes(`"${operation}"`)) ?? '';
};

describe('the settings of an operation for valid requests', () => {
  it('accept the statuses whose codes it lists, and 412 if it takes an ETag', () => {
    const [, statuses = ''] = /"expected-statuses" = (\[.*\])/.exec(settingsOf('changeThing')) ?? [];
    const accepted = JSON.parse(statuses) as string[];
    expect(accepted).toEqual(expect.arrayContaining(['2xx', '404', '412', '422']));
    expect(accepted.filter((status) => ['400', '418', '500', '5xx'].includes(status))).toEqual([]);
  });

  it('accept 422 if it takes a key, and any text where the body is text', () => {
    expect(settingsOf('importThings')).toContain('"422"');
    expect(settingsOf('importThings')).toContain('negative_data_rejection');
    expect(settingsOf('changeThing')).not.toContain('negative_data_rejection');
  });
});

describe('an ID that exists', () => {
  it('is sent from time to time for its parameter', () => {
    const settings = fuzzSettings(DOCUMENT, { thing_id: ['a'] });
    expect(settings).toContain('[dictionaries."thing_id"]\n"values" = ["a"]');
    expect(settings).toContain('[parameters."thing_id"]\n"dictionary" = "thing_id"');
  });
});
