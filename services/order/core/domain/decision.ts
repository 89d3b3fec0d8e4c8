import { ok, type Refusal, type Result } from '#kernel/result.ts';
import type { OrderEvent } from './events.ts';

export type OrderRefusal = Refusal<
  | 'ORDER_NOT_CANCELLABLE'
  | 'NO_OPEN_CASE'
  | 'SEVERAL_OPEN_CASES'
  | 'NOTHING_TO_RESTOCK'
  | 'NOT_RESHIPPABLE'
  | 'NOT_REFUNDABLE'
  | 'REFUND_TOO_HIGH'
  | 'CURRENCY_MISMATCH'
>;

export type Decision = Result<readonly Fact[], OrderRefusal>;

/** An event before its time is known. */
export type Fact = OrderEvent extends infer E ? (E extends OrderEvent ? Omit<E, 'at'> : never) : never;

export const happened = (...facts: readonly Fact[]): Decision => ok(facts);
