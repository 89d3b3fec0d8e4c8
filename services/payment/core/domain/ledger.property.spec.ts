import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { reactionTo, stepsOf } from '#kernel/process.ts';
import { RUNS } from '#test/kit/runs.ts';
import {
  AUTHORIZED,
  CANCEL,
  CAPTURE,
  CAPTURED,
  NOT_AUTHORIZED,
  NOT_CAPTURED,
  NOT_VOIDED,
  notRefunded,
  NOW,
  OPEN,
  refund,
  refunded,
  VOIDED,
} from '../../test/payment.mother.ts';
import type { Command } from './commands.ts';
import { isBalanced, type LedgerTransaction } from './ledger.ts';
import { capturedMinor, refundedMinor, type PaymentState } from './payment.ts';
import { paymentProcess } from './process.ts';

const keys = fc.constantFrom('a', 'b', 'cancel:1', 'cancel:2');
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom(AUTHORIZED, NOT_AUTHORIZED, CAPTURE, CAPTURED, NOT_CAPTURED, CANCEL, VOIDED, NOT_VOIDED),
  fc.tuple(keys, fc.integer({ min: 1, max: 6_000 })).map(([key, minor]) => refund(key, minor)),
  keys.map(refunded),
  keys.map(notRefunded),
);
/** Often starts with a typical sequence, to get further than chance alone. */
const anyHistory = fc
  .tuple(
    fc.constantFrom([OPEN], [CANCEL, OPEN], [OPEN, AUTHORIZED], [OPEN, AUTHORIZED, CAPTURE, CAPTURED]),
    fc.array(anyCommand, { maxLength: 25 }),
  )
  .map(([start, rest]) => [...start, ...rest]);

const play = (
  history: readonly Command[],
): { state: PaymentState; books: LedgerTransaction[]; holds: number } => {
  let state: PaymentState;
  const books: LedgerTransaction[] = [];
  let holds = 0;
  for (const command of history) {
    const decided = paymentProcess.decide(command, state, NOW);
    for (const step of stepsOf(paymentProcess, { state, version: 0 }, decided.ok ? decided.value : [])) {
      state = step.after;
      if (step.event.type === 'authorized') holds += 1;
      const { record } = reactionTo(paymentProcess, step);
      if (record) books.push(record);
    }
  }
  return { state, books, holds };
};

describe('the ledger of a payment, whatever happens to it', () => {
  it('balances in every transaction', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(play(history).books.filter((transaction) => !isBalanced(transaction))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('records the captured amount less refunds, which is never below zero', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { state, books } = play(history);
        const owed = books
          .flatMap(({ entries }) => entries)
          .filter(({ account }) => account === 'gateway_clearing')
          .reduce((total, { debit, credit }) => total + debit - credit, 0);
        const left = state?.kind === 'payment' ? capturedMinor(state) - refundedMinor(state) : 0;
        expect(owed).toBe(left);
        expect(owed).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('has each transaction once, and at most one capture', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { books, holds } = play(history);
        const ids = books.map(({ transactionId }) => transactionId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => id.endsWith(':capture')).length).toBeLessThanOrEqual(1);
        expect(holds).toBeLessThanOrEqual(1);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a transaction', () => {
  const entry = { account: 'refunds', debit: 0, credit: 0, currency: 'EUR' } as const;
  const transaction = (entries: LedgerTransaction['entries']): LedgerTransaction => ({
    transactionId: 't',
    paymentId: 'p',
    bookedAt: NOW,
    entries,
  });

  it('does not balance across currencies', () => {
    const mixed = [
      { ...entry, debit: 5 },
      { ...entry, credit: 5, currency: 'USD' },
    ];
    expect(isBalanced(transaction(mixed))).toBe(false);
    expect(isBalanced(transaction([...mixed, { ...entry, credit: 5 }]))).toBe(false);
    expect(isBalanced(transaction([{ ...entry, debit: 5 }]))).toBe(false);
    expect(
      isBalanced(
        transaction([
          { ...entry, debit: 5 },
          { ...entry, credit: 5 },
        ]),
      ),
    ).toBe(true);
  });
});
