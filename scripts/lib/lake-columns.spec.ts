import { describe, expect, it } from 'vitest';
import { lakeColumns } from './lake-columns.ts';
import { lakeChanges } from './lake-freeze.ts';

const COMMON = {
  $defs: {
    line: {
      type: 'object',
      properties: { product_id: { type: 'string' }, name: { type: 'string' }, quantity: { type: 'integer' } },
    },
  },
};
const PLACED = {
  type: 'object',
  properties: {
    order_id: { type: 'string', format: 'uuid' },
    customer: { type: 'object', properties: { email: { type: 'string' } } },
    items: { type: 'array', items: { $ref: 'common.json#/$defs/line' } },
    total: { type: 'number' },
    chance: { type: 'number', maximum: 1 },
    placed_at: { type: 'string', format: 'date-time' },
  },
};
const files = new Map<string, object>([
  ['common.json', COMMON],
  ['order.placed.v1.json', PLACED],
  ['order.placed.v2.json', { allOf: [PLACED], type: 'object', properties: { kind: { enum: ['a', 'b'] } } }],
  ['user.registered.v1.json', PLACED],
]);
const FIELDS = ['order_id', 'items.product_id', 'items.quantity', 'total', 'chance', 'placed_at', 'kind'];

describe('the columns of the lake', () => {
  it('are the named fields of each version, and of no other event', () => {
    const columns = {
      order_id: 'VARCHAR',
      items: [{ product_id: 'VARCHAR', quantity: 'BIGINT' }],
      total: 'DECIMAL(18,4)',
      chance: 'DOUBLE',
      placed_at: 'TIMESTAMPTZ',
    };
    const event = { event_type: 'order.placed', shopper: ['customer.user_id'] };
    expect(lakeColumns(files, { 'order.placed': { fields: FIELDS, shopper: ['customer.user_id'] } })).toEqual(
      [
        { ...event, version: 1, columns },
        { ...event, version: 2, columns: { ...columns, kind: 'VARCHAR' } },
      ],
    );
  });

  it('must be there', () => {
    expect(() => lakeColumns(files, { 'order.placed': { fields: [...FIELDS, 'colour'] } })).toThrow('colour');
    expect(() => lakeColumns(files, { 'order.lost': { fields: [] } })).toThrow('no event order.lost');
  });

  it('stay as they were published', () => {
    const [before, after] = [
      new Map([['a.v1.json', { columns: { a: 'VARCHAR' } }]]),
      new Map<string, object>(),
    ];
    expect(lakeChanges(before, before)).toEqual([]);
    expect(lakeChanges(before, after)).toMatchObject([{ kind: 'removed', where: 'a.v1.json' }]);
    after.set('a.v1.json', { columns: { a: 'BIGINT' } });
    expect(lakeChanges(before, after)).toMatchObject([{ kind: 'changed', where: 'a.v1.json' }]);
  });
});
