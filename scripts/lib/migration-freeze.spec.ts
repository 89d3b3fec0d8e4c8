import { describe, expect, it } from 'vitest';
import { currentDigests, digestsOf, migrationBreaches, readPublished } from './migration-freeze.ts';

const first = { name: '0001-a', up: ['create table s.a ()', 'create index i on s.a (b)'] };
const second = { name: '0002-b', up: ['alter table s.a add c int'] };
const published = digestsOf({ s: [first, second] });
const breaches = (...now: readonly (typeof first)[]): readonly string[] =>
  migrationBreaches(published, digestsOf({ s: now }));

describe('a released migration', () => {
  it('cannot be edited, not even by a word', () => {
    expect(breaches(first, { ...second, up: ['alter table s.a add c  int'] })).toEqual([
      's/0002-b was edited',
    ]);
    expect(breaches({ ...first, up: first.up.toReversed() }, second)).toEqual(['s/0001-a was edited']);
  });

  it('cannot be removed or renamed', () => {
    expect(breaches(first)).toEqual(['s/0002-b is gone']);
    expect(breaches(first, { ...second, name: '0003-b' })).toEqual(['s/0002-b is gone']);
    expect(migrationBreaches(published, {})).toHaveLength(2);
  });

  it('can be followed by new ones, but not preceded', () => {
    expect(breaches(first, second, { name: '0003-c', up: [] })).toEqual([]);
    expect(breaches(first, { name: '0001-z', up: [] }, second)).toHaveLength(1);
    expect(migrationBreaches({}, published)).toEqual([]);
  });
});

describe('the migrations of the shop', () => {
  it('are the released ones, and new ones', () => {
    expect(migrationBreaches(readPublished(), currentDigests())).toEqual([]);
  });

  it('are all in the release: those of each service and of the platform', () => {
    expect(Object.keys(readPublished())).toEqual(expect.arrayContaining(['base', 'bus', 'user', 'order']));
  });
});
