import { describe, expect, it } from 'vitest';
import { eventChanges } from './event-freeze.ts';

const PLACED = {
  title: 'OrderPlaced',
  type: 'object',
  additionalProperties: false,
  required: ['order_id', 'total'],
  properties: {
    order_id: { type: 'string', format: 'uuid' },
    total: { type: 'number', minimum: 0 },
    state: { type: 'string', enum: ['new', 'old'] },
    title: { type: 'string' },
    customer: { $ref: 'common.json#/$defs/customer' },
  },
};
const COMMON = { $defs: { customer: { type: 'object', properties: { name: { type: 'string' } } } } };

const filesOf = (placed: unknown, common: unknown = COMMON): ReadonlyMap<string, unknown> =>
  new Map([
    ['order.placed.v1.json', placed],
    ['common.json', common],
  ]);
const changesOf = (placed: unknown, common?: unknown): readonly string[] =>
  eventChanges(filesOf(PLACED), filesOf(placed, common)).map(({ kind, where }) => `${kind} ${where}`);

const { total, state, ...others } = PLACED.properties;
const withFields = (properties: object): object => ({ ...PLACED, properties });
const at = (pointer: string): string => `order.placed.v1.json${pointer}`;

describe('a change of a published event', () => {
  it.each([
    ['a field is removed', withFields({ ...others, total }), `removed ${at('/properties/state')}`],
    ['a field is new', withFields({ ...PLACED.properties, colour: {} }), `added ${at('/properties/colour')}`],
    [
      'a field has another type',
      withFields({ ...others, state, total: { ...total, type: 'string' } }),
      `changed ${at('/properties/total/type')}`,
    ],
    ['a field may be missing', { ...PLACED, required: ['order_id'] }, `changed ${at('/required')}`],
    [
      'a field named like an annotation is removed',
      withFields({ ...others, total, state, title: undefined }),
      `removed ${at('/properties/title')}`,
    ],
  ])('is refused when %s', (_what, placed, change) => {
    expect(changesOf(placed)).toContain(change);
  });

  it('is refused when a schema that it refers to changes', () => {
    const common = {
      $defs: { customer: { ...COMMON.$defs.customer, properties: { name: { type: 'number' } } } },
    };
    expect(changesOf(PLACED, common)).toEqual([`changed ${at('/properties/customer/properties/name/type')}`]);
  });

  it('is refused when a version is removed', () => {
    expect(eventChanges(filesOf(PLACED), new Map()).map(({ kind }) => kind)).toEqual(['removed']);
  });

  it('may affect descriptions and order, or add versions', () => {
    const reworded = {
      ...PLACED,
      title: 'An order',
      description: 'New.',
      required: PLACED.required.toReversed(),
    };
    const now = new Map([...filesOf(reworded), ['order.placed.v2.json', {}]]);
    expect(eventChanges(filesOf(PLACED), now)).toEqual([]);
  });
});
