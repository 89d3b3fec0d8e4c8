import { ok, type Result } from '#kernel/result.ts';
import type { OrderCommand } from './commands.ts';
import { decideReport } from './decide-report.ts';
import { decideWish } from './decide-wish.ts';
import type { OrderRefusal } from './decision.ts';
import type { OrderEvent } from './events.ts';
import type { Order } from './order.ts';

export type { OrderRefusal };

/** What follows from `command`: events, or a refusal where a person asks for what cannot be. */
export const decide = (
  command: OrderCommand,
  order: Order,
  now: Date,
): Result<readonly OrderEvent[], OrderRefusal> => {
  const at = now.toISOString();
  const decided = 'actor' in command ? decideWish(command, order) : ok(decideReport(command, order));
  return decided.ok ? ok(decided.value.map((fact) => ({ ...fact, at }))) : decided;
};
