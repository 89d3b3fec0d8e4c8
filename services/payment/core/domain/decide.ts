import { equals } from '#kernel/money.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { Cancel, Command, Open } from './commands.ts';
import { decideGatewayResult } from './decide-gateway-result.ts';
import { decideRefund, giveBackAll, isOfCancel } from './decide-refund.ts';
import type { Decision, PaymentEvent } from './events.ts';
import { isFree, type PaymentState } from './payment.ts';

/** Decides a command. Commands are idempotent: a repeated one decides nothing new. */
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
      return ok(state?.kind === 'payment' ? decideGatewayResult(command, state, now) : []);
  }
};

const decideOpen = ({ type: _, ...request }: Open, state: PaymentState, at: Date): Decision => {
  if (!state) return ok(opening(request, at));
  if (state.kind === 'tombstone') return refuse('PAYMENT_CANCELLED', 'The order was cancelled.');
  const isSame = equals(state.amount, request.amount) && state.customer.userId === request.customer.userId;
  return isSame ? ok([]) : refuse('PAYMENT_DIFFERS', 'The order has another payment already.');
};

/** With nothing to pay the gateway is not called: the payment is captured as it is opened. */
const opening = (request: Omit<Open, 'type'>, at: Date): readonly PaymentEvent[] => {
  const opened = { type: 'opened', ...request, at } as const;
  return isFree(request) ? [opened, { type: 'captured', at }] : [opened];
};

const decideCancel = (
  { orderId, paymentId }: Cancel,
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
      // Once: after a refusal by the gateway, staff decide.
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
