import type { Clock } from '#kernel/clock.ts';
import { makeRun, type Run, type Surroundings } from '#kernel/process.ts';
import type { Command, PaymentRefusal } from '../domain/commands.ts';
import type { PaymentState } from '../domain/payment.ts';
import { paymentProcess } from '../domain/process.ts';
import type { Publication } from '../domain/events.ts';
import type { PaymentTx } from '../ports/payment-tx.ts';

/** Runs commands on payments, by order id. */
export type RunPayments = Run<PaymentTx, Command, PaymentState, PaymentRefusal>;

type ToWire = Surroundings<PaymentTx, PaymentState, never, Publication>['toWire'];

export const makeRunPayments = (clock: Clock, toWire: ToWire): RunPayments =>
  makeRun(paymentProcess, {
    clock,
    toWire,
    aggregates: ({ payments }: PaymentTx) => payments,
    record: ({ ledger }, transactions) => ledger.book(...transactions),
  });
