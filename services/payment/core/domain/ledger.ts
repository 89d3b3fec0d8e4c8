import type { Money } from '#kernel/money.ts';

/**
 * Double entry: what the gateway owes us (`gateway_clearing`), what customers owe us (`customer_receivable`), what
 * we refunded (`refunds`). The captured amount less refunds is the payment's balance of `gateway_clearing`.
 */
export type Account = 'gateway_clearing' | 'customer_receivable' | 'refunds';

/** Moves one amount between two accounts, so it always balances. */
export interface LedgerTransaction {
  /** Key of the gateway's operation: booked once, however often it is reported. */
  readonly transactionId: string;
  readonly paymentId: string;
  readonly bookedAt: Date;
  readonly entries: readonly LedgerEntry[];
}

export interface LedgerEntry {
  readonly account: Account;
  /** Minor units; one of the two is zero. */
  readonly debit: number;
  readonly credit: number;
  readonly currency: string;
}

/** Moves an amount from one account to another. */
export const transfer = (
  about: Omit<LedgerTransaction, 'entries'>,
  { minor, currency }: Money,
  accounts: { readonly debit: Account; readonly credit: Account },
): LedgerTransaction => ({
  ...about,
  entries: [
    { account: accounts.debit, debit: minor, credit: 0, currency },
    { account: accounts.credit, debit: 0, credit: minor, currency },
  ],
});

/** True if debit equals credit in every currency. */
export const isBalanced = ({ entries }: LedgerTransaction): boolean =>
  [...Map.groupBy(entries, ({ currency }) => currency).values()].every(
    (same) => same.reduce((difference, { debit, credit }) => difference + debit - credit, 0) === 0,
  );
