import type { Authorization, Report, Verdict } from './commands.ts';
import { giveBackAll } from './give-back-all.ts';
import type { Payment } from './payment.ts';
import type { PaymentEvent } from './payment-events.ts';

/** What a gateway's answer means now; one that comes twice, or too late to matter, means nothing. */
export const decideReport = (report: Report, payment: Payment, at: Date): readonly PaymentEvent[] => {
  switch (report.type) {
    case 'authorization_answered':
      return decideAuthorization(report.answer, payment, at);
    case 'capture_answered':
      return decideCaptured(report.answer, payment, at);
    case 'void_answered':
      return decideVoided(report.outcome, payment, at);
    case 'refund_answered': {
      const { key, answer } = report;
      const refund = payment.refunds.find((one) => one.key === key);
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
        return capturedAfterAll(payment, at);
      default:
        return [];
    }
  // What is still held is of no use to anybody.
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
  if (outcome === 'captured') return payment.status === 'voiding' ? capturedAfterAll(payment, at) : [];
  const isHeld = payment.status === 'voiding' || payment.status === 'failed';
  return isHeld && payment.authorization !== undefined ? [{ type: 'voided', at }] : [];
};

/** The capture was quicker than the cancel. */
const capturedAfterAll = (payment: Payment, at: Date): readonly PaymentEvent[] => [
  { type: 'captured', at },
  ...giveBackAll({ ...payment, status: 'captured' }, at),
];
