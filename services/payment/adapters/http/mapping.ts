import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/payment.ts';
import type { LedgerTransaction } from '../../core/domain/ledger.ts';
import {
  capturedMinor,
  refundedMinor,
  type Card,
  type Payment,
  type Refund,
} from '../../core/domain/payment.ts';

type Schemas = components['schemas'];

export const fromPayment = (payment: Payment): Schemas['Payment'] => {
  const { amount, card, failure, refunds } = payment;
  const decimal = (minor: number): number => toDecimal({ minor, currency: amount.currency });
  return {
    payment_id: payment.paymentId,
    order_id: payment.orderId,
    status: payment.status,
    amount: decimal(amount.minor),
    currency: amount.currency,
    captured: decimal(capturedMinor(payment)),
    refunded: decimal(refundedMinor(payment)),
    ...(card ? { card: fromCard(card) } : {}),
    ...(failure ? { failure } : {}),
    refunds: refunds.map((refund) => fromRefund(refund, decimal)),
    created_at: payment.createdAt.toISOString(),
    updated_at: payment.updatedAt.toISOString(),
  };
};

const fromCard = ({ brand, last4, expMonth, expYear }: Card): Schemas['Card'] => ({
  brand,
  last4,
  exp_month: expMonth,
  exp_year: expYear,
});

const fromRefund = (
  { key, minor, reason, status, refusal }: Refund,
  decimal: (minor: number) => number,
): Schemas['Refund'] => ({
  refund_id: key,
  amount: decimal(minor),
  reason,
  status,
  ...(refusal === undefined ? {} : { refusal }),
});

export const fromLedger = (
  { paymentId, amount: { currency } }: Payment,
  transactions: readonly LedgerTransaction[],
): Schemas['Ledger'] => {
  const decimal = (minor: number): number => toDecimal({ minor, currency });
  const owed = transactions
    .flatMap(({ entries }) => entries)
    .filter(({ account }) => account === 'gateway_clearing')
    .reduce((total, { debit, credit }) => total + debit - credit, 0);
  return {
    payment_id: paymentId,
    currency,
    balance: decimal(owed),
    items: transactions.map(({ transactionId, bookedAt, entries }) => ({
      transaction_id: transactionId,
      booked_at: bookedAt.toISOString(),
      entries: entries.map(({ account, debit, credit }) => ({
        account,
        debit: decimal(debit),
        credit: decimal(credit),
      })),
    })),
  };
};
