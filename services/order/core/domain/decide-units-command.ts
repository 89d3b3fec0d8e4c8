import { ok, refuse } from '#kernel/result.ts';
import type { UnitsCommand } from './commands.ts';
import { refundLines, requestRefund } from './decide-person-command.ts';
import { happened, type Decision, type Fact } from './events.ts';
import { totalOf } from './line-refunds.ts';
import type { Order } from './order.ts';
import { refundableMinor, type LineUnits } from './refunds.ts';
import { canRestock } from './restocking.ts';
import { MOST_RETURNS, returnableLines, returnableUntil } from './returnable.ts';

type CommandOf<T extends UnitsCommand['type']> = Extract<UnitsCommand, { readonly type: T }>;

/** Decides what a return does with the units of its order. */
export const decideUnitsCommand = (command: UnitsCommand, order: Order, now: Date): Decision => {
  switch (command.type) {
    case 'hold-units':
      return decideHold(command, order, now);
    case 'follow-return':
      return decideFollow(command, order);
    case 'refund-return':
      return decideRefund(command, order);
    case 'refund-difference':
      return decideDifference(command, order);
  }
};

const decideHold = (command: CommandOf<'hold-units'>, order: Order, now: Date): Decision => {
  const { lines, windowMs } = command;
  if (order.status !== 'delivered')
    return refuse('NOT_RETURNABLE', 'Only what was delivered, and not refunded, can be returned.');
  const until = returnableUntil(order, windowMs);
  if (until === undefined || until <= now)
    return refuse('RETURN_WINDOW_CLOSED', 'It is too late to return anything of this order.');
  if (order.returns.length >= MOST_RETURNS)
    return refuse('TOO_MANY_RETURNS', `An order has at most ${MOST_RETURNS} returns.`);
  const free = returnableLines(order);
  const unfree = lines.find((line, index) => {
    const isNamedBefore = lines.slice(0, index).some(({ variantId }) => variantId === line.variantId);
    return isNamedBefore || line.quantity > unitsIn(free, line.variantId);
  });
  if (unfree) {
    const { variantId } = unfree;
    const left = unitsIn(free, variantId);
    return refuse('LINE_NOT_RETURNABLE', `Of ${variantId}, ${left} units can be returned, named once.`, {
      more: { variant: variantId, left },
    });
  }
  return happened(moved(command, 'requested'));
};

const unitsIn = (lines: readonly LineUnits[], variantId: string): number =>
  lines.find((one) => one.variantId === variantId)?.quantity ?? 0;

const moved = (
  {
    returnId,
    number,
    lines,
    actor,
  }: Pick<CommandOf<'follow-return'>, 'returnId' | 'number' | 'lines' | 'actor'>,
  state: CommandOf<'follow-return'>['state'],
): Fact => ({ type: 'return-moved', returnId, number, state, lines, actor });

const decideFollow = (command: CommandOf<'follow-return'>, order: Order): Decision => {
  const { state, actor, restock = [] } = command;
  if (restock.length === 0) return happened(moved(command, state));
  return canRestock(order, restock)
    ? happened(moved(command, state), { type: 'restocked', reason: 'return', lines: restock, actor })
    : refuse('NOTHING_TO_RESTOCK', 'Some of these goods were put back into stock already.');
};

/** Key of the first refund of a return. */
export const refundKeyOf = (returnId: string): string => `return-${returnId}`;

const decideRefund = (command: CommandOf<'refund-return'>, order: Order): Decision => {
  const { returnId, lines, shipping, reason, actor } = command;
  const wish = { lines, shipping, returnId };
  const refunded = refundLines({ refundKey: refundKeyOf(returnId), wish, reason, actor }, order);
  return refunded.ok ? happened(moved(command, 'refunding'), ...refunded.value) : refunded;
};

/** Once for each order in exchange. Nothing is left to refund if staff have given all of it back meanwhile. */
const decideDifference = (command: CommandOf<'refund-difference'>, order: Order): Decision => {
  const { returnId, exchangeId, actor } = command;
  const refundKey = `exchange-${exchangeId}`;
  let left = refundableMinor(order);
  const lines = command.lines.map((line) => {
    const amountMinor = Math.min(left, line.amountMinor);
    left -= amountMinor;
    return { ...line, amountMinor };
  });
  const parts = { lines, shippingMinor: 0 };
  const amountMinor = totalOf(parts);
  if (amountMinor === 0) return happened();
  return requestRefund({ refundKey, actor }, order, () =>
    ok({ refundKey, amountMinor, reason: 'exchange', parts, returnId }),
  );
};
