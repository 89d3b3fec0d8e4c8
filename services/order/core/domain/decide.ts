import { ok, refuse, type Result } from '#kernel/result.ts';
import type { OrderCommand, OrderRefusal } from './commands.ts';
import { decidePersonCommand } from './decide-person-command.ts';
import { decideUpstreamCommand } from './decide-upstream-command.ts';
import type { OrderEvent } from './events.ts';
import { decideUnitsCommand } from './decide-units-command.ts';
import type { Order } from './order.ts';

/** Decides `command`: events, or a refusal of an impossible request from a person. */
export const decide = (
  command: OrderCommand,
  order: Order | undefined,
  now: Date,
): Result<readonly OrderEvent[], OrderRefusal> => {
  if (command.type === 'place') {
    const { orderId, placed, actor } = command;
    const by = actor && { actor };
    return ok(order ? [] : [{ type: 'placed', orderId, placed, ...by, at: placed.placedAt }]);
  }
  if (!order) return refuse('ORDER_NOT_FOUND', 'There is no such order.');
  const at = now.toISOString();
  if (command.type === 'claim') {
    const { userId } = command;
    return ok(order.customer.userId === undefined ? [{ type: 'claimed', userId, at }] : []);
  }
  const decided =
    'returnId' in command
      ? decideUnitsCommand(command, order, now)
      : 'actor' in command
        ? decidePersonCommand(command, order)
        : ok(decideUpstreamCommand(command, order));
  return decided.ok ? ok(decided.value.map((fact) => ({ ...fact, at }))) : decided;
};
