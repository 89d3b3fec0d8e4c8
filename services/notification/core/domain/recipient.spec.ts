import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { provenAddress, unknownPerson, withFact, type PersonFact } from './recipient.ts';

const fact = (minute: number, email: string, isProven: boolean): PersonFact => ({
  userId: 'ada',
  address: { email, firstName: 'Ada', lastName: 'Lovelace', at: `2026-03-01T12:0${minute}:00.000Z` },
  isProven,
});
const HISTORY = [
  fact(0, 'ada@example.com', false),
  fact(1, 'ada@example.com', true),
  fact(2, 'ada@example.org', true),
  fact(3, 'ada@example.org', false),
];
const known = (facts: readonly PersonFact[]) => facts.reduce(withFact, unknownPerson('ada'));

describe('the address of a user', () => {
  it('is the newest, in whatever order and however often events come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...HISTORY, ...HISTORY], { minLength: 8, maxLength: 8 }), (facts) => {
        expect(known(facts)).toEqual(known(HISTORY));
      }),
    );
    expect(known(HISTORY).address?.email).toBe('ada@example.org');
  });

  it('gets marketing only if its owner has proved it', () => {
    expect(provenAddress(known(HISTORY.slice(0, 1)))).toBeUndefined();
    expect(provenAddress(known(HISTORY.slice(0, 2)))?.email).toBe('ada@example.com');
    expect(provenAddress(known([...HISTORY, fact(4, 'eve@example.com', false)]))).toBeUndefined();
  });
});
