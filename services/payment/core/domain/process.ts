import { money } from '#kernel/money.ts';
import type { Process } from '#kernel/process.ts';
import type { Command, PaymentRefusal } from './commands.ts';
import { decide } from './decide.ts';
import type { PaymentEvent, Publication } from './events.ts';
import { evolve } from './evolve.ts';
import { transfer, type LedgerTransaction } from './ledger.ts';
import { isFree, refundOf, type Payment, type PaymentState, type Tombstone } from './payment.ts';
import { authorizeTask, captureKey, captureTask, refundKey, refundTask, voidTask } from './tasks.ts';

type PaymentProcess = Process<
  Command,
  PaymentState,
  PaymentEvent,
  PaymentRefusal,
  Publication,
  LedgerTransaction
>;

/** The life cycle of a payment and the consequences of its events. Its only upstream is the gateway, called by tasks. */
export const paymentProcess: PaymentProcess = {
  initial: () => undefined,
  decide,
  evolve,
  react: {
    opened: {
      schedule: ({ after, event }) =>
        isFree(event) ? undefined : authorizeTask(existing(after), event.token),
      asks: { gateway: 'hold the amount' },
      compensation: 'void_requested',
    },
    tombstoned: {},
    cancel_noted: {},
    authorized: {
      // The authorisation of a cancelled payment is published as void only.
      publish: ({ after, event: { card, at } }) => {
        const payment = existing(after);
        return payment.status === 'authorized'
          ? { type: 'payment.authorized', payment, card, at }
          : undefined;
      },
    },
    authorization_refused: {
      publish: ({ after, event: { reason, at } }) => ({
        type: 'payment.failed',
        payment: existing(after),
        stage: 'authorize',
        reason,
        at,
      }),
    },
    given_up: {},
    capture_requested: {
      schedule: ({ after }) => captureTask(existing(after)),
      asks: { gateway: 'take what is held' },
      compensation: 'void_requested',
    },
    captured: {
      publish: ({ after, event: { at } }) => ({ type: 'payment.successful', payment: existing(after), at }),
      record: ({ after, event: { at } }) => captureEntry(existing(after), at),
    },
    capture_refused: {
      publish: ({ after, event: { reason, at } }) => ({
        type: 'payment.failed',
        payment: existing(after),
        stage: 'capture',
        reason,
        at,
      }),
    },
    void_requested: {
      cancel: ({ after, event }) => (event.abandonsCapture ? captureKey(existing(after).orderId) : undefined),
      schedule: ({ after }) => voidTask(existing(after)),
      asks: { gateway: 'lift the hold' },
      compensation: 'none',
    },
    voided: {
      publish: ({ after, event: { at } }) => ({ type: 'payment.voided', payment: existing(after), at }),
    },
    refund_requested: {
      schedule: ({ after, event }) => refundTask(existing(after), event.key, event.minor),
      asks: { gateway: 'give an amount back' },
      compensation: 'none',
    },
    refunded: {
      publish: ({ after, event: { key, minor, at } }) => ({
        type: 'payment.refunded',
        payment: existing(after),
        key,
        minor,
        at,
      }),
      record: ({ after, event }) => refundEntry(existing(after), event),
    },
    refund_refused: {
      publish: ({ after, event: { key, reason, at } }) => {
        const payment = existing(after);
        const minor = refundOf(payment, key)?.minor ?? 0;
        return { type: 'payment.refund_failed', payment, key, minor, reason, at };
      },
    },
  },
};

/** `tombstoned` is the only event of a tombstone. */
const existing = (after: Payment | Tombstone): Payment => {
  if (after.kind !== 'payment') throw new Error(`order ${after.orderId} has a tombstone for a payment`);
  return after;
};

const captureEntry = (payment: Payment, bookedAt: Date): LedgerTransaction | undefined => {
  const { orderId, paymentId, amount } = payment;
  if (isFree(payment)) return undefined;
  return transfer({ transactionId: captureKey(orderId), paymentId, bookedAt }, amount, {
    debit: 'gateway_clearing',
    credit: 'customer_receivable',
  });
};

const refundEntry = (
  { orderId, paymentId, amount: { currency } }: Payment,
  { key, minor, at: bookedAt }: { readonly key: string; readonly minor: number; readonly at: Date },
): LedgerTransaction =>
  transfer({ transactionId: refundKey(orderId, key), paymentId, bookedAt }, money(minor, currency), {
    debit: 'refunds',
    credit: 'gateway_clearing',
  });
