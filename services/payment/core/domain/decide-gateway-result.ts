import type { Authorization, GatewayResult, Verdict } from './commands.ts';
import { giveBackAll } from './decide-refund.ts';
import { refundOf, type Payment } from './payment.ts';
import type { PaymentEvent } from './events.ts';

/** Decides a result from the gateway; a repeated or late result changes nothing. */
export const decideGatewayResult = (
  result: GatewayResult,
  payment: Payment,
  at: Date,
): readonly PaymentEvent[] => {
  switch (result.type) {
    case 'authorization_answered':
      return decideAuthorization(result.answer, payment, at);
    case 'capture_answered':
      return decideCaptured(result.answer, payment, at);
    case 'void_answered':
      return decideVoided(result.outcome, payment, at);
    case 'refund_answered': {
      const { key, answer } = result;
      const refund = refundOf(payment, key);
      if (refund?.status !== 'requested') return [];
      return answer.status === 'approved'
        ? [{ type: 'refunded', key, minor: refund.minor, at }]
        : [{ type: 'refund_refused', key, reason: answer.reason, at }];
    }
  }
};

const decideAuthorization = (
  answer: Verdict<Authorization>,
  { status }: Payment,
  at: Date,
): readonly PaymentEvent[] => {
  const isWanted = status === 'pending';
  if (!isWanted && status !== 'cancelling') return [];
  if (answer.status === 'declined')
    return isWanted
      ? [{ type: 'authorization_refused', reason: answer.reason, at }]
      : [{ type: 'given_up', at }];
  const { authorization, card } = answer;
  const authorized: PaymentEvent = { type: 'authorized', authorization, card, at };
  return isWanted ? [authorized] : [authorized, { type: 'void_requested', abandonsCapture: false, at }];
};

const decideCaptured = (answer: Verdict, payment: Payment, at: Date): readonly PaymentEvent[] => {
  if (answer.status === 'approved')
    switch (payment.status) {
      case 'capturing':
        return [{ type: 'captured', at }];
      case 'voiding':
        return capturedFirst(payment, at);
      default:
        return [];
    }
  // The hold is of no use now.
  return payment.status === 'capturing'
    ? [
        { type: 'capture_refused', reason: answer.reason, at },
        { type: 'void_requested', abandonsCapture: false, at },
      ]
    : [];
};

const decideVoided = (
  outcome: 'voided' | 'captured',
  payment: Payment,
  at: Date,
): readonly PaymentEvent[] => {
  if (outcome === 'captured') return payment.status === 'voiding' ? capturedFirst(payment, at) : [];
  const isHeld = payment.status === 'voiding' || payment.status === 'failed';
  return isHeld && payment.authorization !== undefined ? [{ type: 'voided', at }] : [];
};

/** The capture was faster than the cancellation. */
const capturedFirst = (payment: Payment, at: Date): readonly PaymentEvent[] => [
  { type: 'captured', at },
  ...giveBackAll({ ...payment, status: 'captured' }, at),
];
