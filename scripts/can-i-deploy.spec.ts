import { describe, expect, it } from 'vitest';
import type { Pair } from '#test/kit/pact/files.ts';
import type { Side } from '#test/kit/pact/records.ts';
import { isVerified, rowsOf } from './lib/deployable.ts';

describe('whether a service can be deployed', () => {
  const all = () => 'verified' as const;
  const butCatalog = (side: Side, pair: Pair) =>
    pair[side] === 'catalog' ? ('sources have changed' as const) : ('verified' as const);

  it('depends on its contracts on both sides', () => {
    const pairs = rowsOf('cart', all).map(({ consumer, provider }) => `${consumer} ${provider}`);
    expect(pairs).toEqual([
      'analytics cart',
      'cart catalog',
      'cart inventory',
      'cart order',
      'gateway cart',
      'notification cart',
      'order cart',
      'user cart',
    ]);
    expect(rowsOf(undefined, all).length).toBeGreaterThan(pairs.length);
    expect(rowsOf('cart', all).every(({ interactions }) => interactions > 0)).toBe(true);
  });

  it('is yes if both sides of all contracts are verified', () => {
    expect(rowsOf('cart', all).every(isVerified)).toBe(true);
  });

  it('is no if one side of a contract is not', () => {
    const open = rowsOf('cart', butCatalog).filter((row) => !isVerified(row));
    expect(open).toMatchObject([{ consumer: 'cart', provider: 'catalog' }]);
  });

  it('does not depend on a provider that is planned', () => {
    const never = (side: Side) => (side === 'provider' ? ('never verified' as const) : ('verified' as const));
    const rows = rowsOf('search', never, ['review']);
    const open = rows.filter((row) => !isVerified(row));
    expect(rows.map(({ provider }) => provider)).toContain('review');
    expect(open.map(({ consumer, provider }) => `${consumer} ${provider}`).toSorted()).toEqual([
      'gateway search',
      'search catalog',
      'search inventory',
      'search order',
      'user search',
    ]);
  });

  it('refuses an unknown service', () => {
    expect(() => rowsOf('bakery', all)).toThrow('bakery');
  });
});
