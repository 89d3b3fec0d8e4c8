import { expect, it } from 'vitest';
import type { Command } from '../core/domain/commands.ts';
import { decide } from '../core/domain/decide.ts';
import {
  after,
  AUTHORIZED,
  CANCEL,
  CAPTURE,
  CAPTURED,
  NOT_AUTHORIZED,
  NOW,
  OPEN,
  VOIDED,
} from './payment.mother.ts';

/** Decides one more command for a payment after others: events, or the code of the refusal. */
export const given = (...history: readonly Command[]) => {
  const state = after(...history);
  return {
    status: state?.kind === 'payment' ? state.status : state?.kind,
    when: (command: Command) => {
      const decided = decide(command, state, NOW);
      return decided.ok ? decided.value.map(({ type }) => type) : decided.error.code;
    },
  };
};

/** Histories that lead to each state. */
export const STATES = {
  unknown: [],
  tombstone: [CANCEL],
  pending: [OPEN],
  cancelling: [OPEN, CANCEL],
  authorized: [OPEN, AUTHORIZED],
  capturing: [OPEN, AUTHORIZED, CAPTURE],
  captured: [OPEN, AUTHORIZED, CAPTURE, CAPTURED],
  voiding: [OPEN, AUTHORIZED, CANCEL],
  voided: [OPEN, AUTHORIZED, CANCEL, VOIDED],
  failed: [OPEN, NOT_AUTHORIZED],
  cancelled: [OPEN, CANCEL, NOT_AUTHORIZED],
} as const satisfies Record<string, readonly Command[]>;

/** One test per state: the decision about the command there. */
export const table = (
  command: Command,
  expected: Readonly<Record<keyof typeof STATES, readonly string[] | string>>,
): void => {
  it.each(Object.entries(expected))('given %s → %j', (state, then) => {
    expect(given(...STATES[state as keyof typeof STATES]).when(command)).toStrictEqual(then);
  });
};
