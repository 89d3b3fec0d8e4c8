import { describe, expect, it } from 'vitest';
import { checkFilter, checkServed, plain, type Filter, type Sort } from './filters.ts';
import type { IndexDeclaration } from './indexes.ts';

/** As passed by a caller without the types. */
const unchecked = (filter: object): Filter => filter as Filter;

describe('a filter', () => {
  it('is made of plain values, ranges, and lists of filters', () => {
    const filter: Filter = {
      name: 'a',
      at: { $gte: new Date(0), $lt: new Date(9) },
      _id: { $in: ['a', 'b'] },
      $or: [{ n: { $gt: 1 } }, { $and: [{ n: 1 }, { open: true }] }],
    };
    expect(() => {
      checkFilter(filter);
    }).not.toThrow();
  });

  it.each([
    { list: { $elemMatch: { a: 1 } } },
    { name: { $regex: '^a' } },
    { name: { $ne: 'a' } },
    { $expr: { $gt: ['$a', '$b'] } },
    { $where: 'true' },
    { $or: [{ name: { $exists: true } }] },
    { $or: { name: 'a' } },
    { name: { $in: [{ $regex: 'a' }] } },
    { name: { first: 'a' } },
    { name: { $gt: { $literal: 1 } } },
  ])('is refused with anything else: %j', (filter) => {
    expect(() => {
      checkFilter(unchecked(filter));
    }).toThrow(TypeError);
  });
});

describe('a list of one value', () => {
  it('becomes a filter for that value, and nothing else changes', () => {
    const others = { a: { $in: [1, 2] }, b: { $in: [] }, c: { $in: [1], $gt: 0 }, d: 'x' };
    expect(plain({ ...others, e: { $in: ['y'] } })).toEqual({ ...others, e: 'y' });
  });
});

describe('an index', () => {
  const indexes: readonly IndexDeclaration[] = [
    { name: 'name', key: { name: 1, _id: 1 } },
    { name: 'group', key: { group: 1, kind: 1, at: 1, _id: 1 } },
  ];
  const serves = (filter: Filter, sort: Sort = {}): boolean => {
    try {
      checkServed(indexes, filter, sort);
      return true;
    } catch {
      return false;
    }
  };

  it('serves a filter on its first field', () => {
    expect(serves({ name: { $gte: 'a' }, other: 1 })).toBe(true);
    expect(serves({ _id: 'a' })).toBe(true);
    expect(serves({ kind: 'a' })).toBe(false);
    expect(serves({})).toBe(false);
  });

  it('serves its own order, and the opposite', () => {
    expect(serves({ other: 1 }, { name: 1, _id: 1 })).toBe(true);
    expect(serves({}, { name: -1, _id: -1 })).toBe(true);
    expect(serves({}, { name: 1, _id: -1 })).toBe(false);
    expect(serves({}, { _id: 1, name: 1 })).toBe(false);
    expect(serves({}, { other: 1 })).toBe(false);
  });

  it('serves an order after fields with fixed values', () => {
    expect(serves({ group: 'a', kind: 'b' }, { at: -1, _id: -1 })).toBe(true);
    expect(serves({ group: 'a', kind: { $gt: 'b' } }, { at: -1, _id: -1 })).toBe(false);
    expect(serves({ group: 'a' }, { at: 1, _id: 1 })).toBe(false);
  });
});
