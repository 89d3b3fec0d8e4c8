import { formatMoney, money } from '#kernel/money.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { AskRefund } from './commands.ts';
import type { Decision } from './decision.ts';
import { refundableMinor, type PaymentState } from './payment.ts';

export const decideRefund = ({ key, amount, reason }: AskRefund, state: PaymentState, at: Date): Decision => {
  if (!state) return refuse('PAYMENT_NOT_FOUND', 'The order has no payment.');
  if (state.kind === 'tombstone' || state.status !== 'captured')
    return refuse('NOTHING_CAPTURED', 'Nothing was captured that could be refunded.');
  if (amount.minor <= 0 || amount.currency !== state.amount.currency)
    return refuse('INVALID_REFUND', `A refund must be an amount of ${state.amount.currency} above zero.`);
  const known = state.refunds.find((refund) => refund.key === key);
  if (known && known.minor !== amount.minor)
    return refuse('REFUND_KEY_REUSED', 'This refund key was used for a different amount.');
  if (known?.status === 'refused')
    return refuse('REFUND_REFUSED', `The gateway refused the refund: ${known.refusal ?? 'no reason given'}.`);
  if (known) return ok([]);
  const left = money(refundableMinor(state), state.amount.currency);
  if (amount.minor > left.minor)
    return refuse('AMOUNT_TOO_HIGH', `At most ${formatMoney(left)} can still be refunded.`);
  return ok([{ type: 'refund_requested', key, minor: amount.minor, reason, at }]);
};
