import { describe, expect, it } from 'vitest';
import { joined, ownerAt, type Proof } from './proof.ts';

const EMAIL = 'sam@example.com';
const on = (day: number): string => `2026-03-0${day}T12:00:00.000Z`;
const proven = (userId: string, day: number): Proof => ({ userId, email: EMAIL, provenAt: on(day) });
const left = (userId: string, day: number): Proof => ({ userId, email: EMAIL, leftAt: on(day) });

describe('an order of a guest', () => {
  it('belongs to the user who proves the address, earlier or later', () => {
    expect(ownerAt([proven('sam', 3)], on(1))).toBe('sam');
    expect(ownerAt([proven('sam', 3)], on(5))).toBe('sam');
  });

  it('belongs to nobody while nobody has proved the address', () => {
    expect(ownerAt([], on(1))).toBeUndefined();
    expect(ownerAt([left('sam', 3)], on(1))).toBeUndefined();
  });

  it('belongs to the user until they leave the address, and not afterwards', () => {
    const proof = joined(proven('sam', 2), left('sam', 4));
    expect(ownerAt([proof], on(3))).toBe('sam');
    expect(ownerAt([proof], on(4))).toBeUndefined();
    expect(ownerAt([joined(proof, proven('sam', 6))], on(5))).toBe('sam');
  });

  it('belongs to the last of several users who have proved the address', () => {
    expect(ownerAt([proven('kim', 3), proven('sam', 2)], on(1))).toBe('kim');
    expect(ownerAt([joined(proven('sam', 2), left('sam', 4)), proven('kim', 5)], on(6))).toBe('kim');
  });
});

it('what is known does not depend on the order of the events, or on their number', () => {
  const facts = [proven('sam', 2), left('sam', 4), proven('sam', 1), proven('sam', 2)];
  const inOrder = facts.reduce<Proof | undefined>(joined, undefined);
  expect(facts.toReversed().reduce<Proof | undefined>(joined, undefined)).toEqual(inOrder);
  expect(inOrder).toEqual({ userId: 'sam', email: EMAIL, provenAt: on(2), leftAt: on(4) });
});
