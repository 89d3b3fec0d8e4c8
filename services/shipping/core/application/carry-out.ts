import type { Clock } from '#kernel/clock.ts';
import type { Cause, NewEvent } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { Command } from '../domain/commands.ts';
import { consequencesOf } from '../domain/consequences.ts';
import type { Consignment } from '../domain/consignment.ts';
import { decide } from '../domain/decide.ts';
import { evolve, unknown } from '../domain/evolve.ts';
import type { ShippingTx } from '../ports/shipping-tx.ts';

/** A command for the consignment of an order. */
export interface Instruction {
  readonly orderId: string;
  readonly command: Command;
  /** Needed only where one unit carries out instructions of several causes. */
  readonly cause?: Cause;
}

/**
 * Carries out instructions in the unit in hand: reads all consignments at once, decides one by one, and writes all
 * that follows together. Answers how they stand then, by order id.
 * @param delayMs between an order's release and its dispatch
 */
export const makeCarryOut =
  (clock: Clock, delayMs: number) =>
  async (tx: ShippingTx, instructions: readonly Instruction[]): Promise<ReadonlyMap<string, Consignment>> => {
    const found = await tx.consignments.find([...new Set(instructions.map(({ orderId }) => orderId))]);
    const consignments = new Map(found);
    const announcements: NewEvent[] = [];
    const promises: NewTask[] = [];
    const drops: string[] = [];
    for (const { orderId, command, cause } of instructions) {
      const because = cause === undefined ? {} : { cause };
      const before = consignments.get(orderId) ?? unknown(orderId);
      let after = before;
      for (const event of decide(command, before, clock.now())) {
        after = evolve(after, event);
        const { announce, promise, drop } = consequencesOf(event, after, delayMs);
        if (announce) announcements.push({ ...announce, ...because });
        if (promise) promises.push({ ...promise, ...because });
        if (drop !== undefined) drops.push(drop);
      }
      if (after !== before) consignments.set(orderId, after);
    }
    const changed = [...consignments.values()].filter((now) => now !== found.get(now.orderId));
    await tx.consignments.save(...changed);
    await tx.outbox.add(...announcements);
    await tx.tasks.schedule(...promises);
    await tx.tasks.complete(...drops);
    return consignments;
  };

export type CarryOut = ReturnType<typeof makeCarryOut>;
