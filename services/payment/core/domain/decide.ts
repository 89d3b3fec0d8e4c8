import type { Decider } from '#kernel/decider.ts';
import { equals } from '#kernel/money.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { Command, Intent, Open } from './commands.ts';
import { decideRefund } from './decide-refund.ts';
import { decideReport } from './decide-report.ts';
import type { Decision, PaymentRefusal } from './decision.ts';
import { evolve } from './evolve.ts';
import { giveBackAll, isOfCancel } from './give-back-all.ts';
import { isFree, type PaymentState } from './payment.ts';
import type { PaymentEvent } from './payment-events.ts';

/** What follows from a command. Repeating one is harmless: it decides nothing new. */
export const decide = (command: Command, state: PaymentState, now: Date): Decision => {
  switch (command.type) {
    case 'open':
      return decideOpen(command, state, now);
    case 'cancel':
      return ok(decideCancel(command, state, now));
    case 'capture':
      return decideCapture(state, now);
    case 'refund':
      return decideRefund(command, state, now);
    default:
      return ok(state?.kind === 'payment' ? decideReport(command, state, now) : []);
  }
};

export const paymentDecider: Decider<Command, PaymentState, PaymentEvent, PaymentRefusal> = {
  initial: undefined,
  decide,
  evolve,
};

const decideOpen = ({ type: _, ...wish }: Open, state: PaymentState, at: Date): Decision => {
  if (!state) return ok(opening(wish, at));
  if (state.kind === 'tombstone') return refuse('PAYMENT_CANCELLED', 'The order was cancelled.');
  const isSame = equals(state.amount, wish.amount) && state.customer.userId === wish.customer.userId;
  return isSame ? ok([]) : refuse('PAYMENT_DIFFERS', 'The order has another payment already.');
};

/** Where there is nothing to pay nobody is asked for it: it is captured as it is opened. */
const opening = (wish: Omit<Open, 'type'>, at: Date): readonly PaymentEvent[] => {
  const opened = { type: 'opened', ...wish, at } as const;
  return isFree(wish) ? [opened, { type: 'captured', at }] : [opened];
};

const decideCancel = (
  { orderId, paymentId }: Intent & { readonly type: 'cancel' },
  state: PaymentState,
  at: Date,
): readonly PaymentEvent[] => {
  if (!state) return [{ type: 'tombstoned', orderId, paymentId, at }];
  if (state.kind === 'tombstone') return [];
  switch (state.status) {
    case 'pending':
      return [{ type: 'cancel_noted', at }];
    case 'authorized':
      return [{ type: 'void_requested', abandonsCapture: false, at }];
    case 'capturing':
      return [{ type: 'void_requested', abandonsCapture: true, at }];
    case 'captured':
      // Once: what the gateway has refused then, staff of the shop decide about.
      return state.refunds.some(isOfCancel) ? [] : giveBackAll(state, at);
    case 'cancelling':
    case 'voiding':
    case 'voided':
    case 'failed':
    case 'cancelled':
      return [];
  }
};

const decideCapture = (state: PaymentState, at: Date): Decision => {
  if (!state) return refuse('PAYMENT_NOT_FOUND', 'The order has no payment.');
  if (state.kind === 'tombstone') return refuse('PAYMENT_CANCELLED', 'The order was cancelled.');
  switch (state.status) {
    case 'authorized':
      return ok([{ type: 'capture_requested', at }]);
    case 'capturing':
    case 'captured':
      return ok([]);
    case 'pending':
      return refuse('PAYMENT_NOT_AUTHORIZED', 'The payment has not been authorised yet.');
    case 'failed':
      return refuse('PAYMENT_FAILED', 'The payment was refused.');
    case 'cancelling':
    case 'voiding':
    case 'voided':
    case 'cancelled':
      return refuse('PAYMENT_CANCELLED', 'The payment was cancelled.');
  }
};
