import type { Clock } from '#kernel/clock.ts';
import type { Cause, NewEvent } from '#kernel/events.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { Command } from '../domain/commands.ts';
import { consequencesOf } from '../domain/consequences.ts';
import { decide } from '../domain/decide.ts';
import type { PaymentRefusal } from '../domain/decision.ts';
import { evolve } from '../domain/evolve.ts';
import type { LedgerTransaction } from '../domain/ledger.ts';
import type { Payment, Tombstone } from '../domain/payment.ts';
import type { PaymentTx } from '../ports/payment-tx.ts';

/** A command for the payment of an order. */
export interface Instruction {
  readonly orderId: string;
  readonly command: Command;
  /** Needed only where one unit carries out instructions of several causes. */
  readonly cause?: Cause;
}

/** `undefined`: done, or done before. */
export type Outcome = Result<undefined, PaymentRefusal>;

/** Payments that one unit works on: decided one by one, read at once and written together. */
const makeDesk = async (tx: PaymentTx, clock: Clock, instructions: readonly Instruction[]) => {
  const payments = new Map(await tx.payments.find([...new Set(instructions.map(({ orderId }) => orderId))]));
  const changed = new Map<string, Payment | Tombstone>();
  const announcements: NewEvent[] = [];
  const calls: NewTask[] = [];
  const drops: string[] = [];
  const bookings: LedgerTransaction[] = [];

  const apply = ({ orderId, command, cause }: Instruction): Outcome => {
    const decided = decide(command, payments.get(orderId), clock.now());
    if (!decided.ok) return decided;
    const because = cause === undefined ? {} : { cause };
    for (const event of decided.value) {
      const after = evolve(payments.get(orderId), event);
      payments.set(orderId, after);
      changed.set(orderId, after);
      const { announce, call, drop, book } = consequencesOf(event, after);
      if (announce) announcements.push({ ...announce, ...because });
      if (call) calls.push({ ...call, ...because });
      if (drop !== undefined) drops.push(drop);
      if (book) bookings.push(book);
    }
    return ok(undefined);
  };

  const finish = async (): Promise<void> => {
    await tx.payments.save(...changed.values());
    await tx.ledger.book(...bookings);
    await tx.outbox.add(...announcements);
    await tx.tasks.complete(...drops);
    await tx.tasks.schedule(...calls);
  };
  return { apply, finish };
};

/** Carries out instructions in the unit in hand, for the orders they name. */
export const makeCarryOut = (clock: Clock) => ({
  one: async (tx: PaymentTx, instruction: Instruction): Promise<Outcome> => {
    const desk = await makeDesk(tx, clock, [instruction]);
    const outcome = desk.apply(instruction);
    await desk.finish();
    return outcome;
  },
  /** A refusal stops none of the others. */
  all: async (tx: PaymentTx, instructions: readonly Instruction[]): Promise<void> => {
    const desk = await makeDesk(tx, clock, instructions);
    for (const instruction of instructions) desk.apply(instruction);
    await desk.finish();
  },
});

export type CarryOut = ReturnType<typeof makeCarryOut>;
