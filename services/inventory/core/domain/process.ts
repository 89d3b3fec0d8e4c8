import { reactionTo, type Process, type Reaction } from '#kernel/process.ts';
import type { Command } from './commands.ts';
import { decide, type Books, type Change } from './decide.ts';
import type { Publication, Returned, StockEvent } from './events.ts';
import { evolve } from './evolve.ts';

/** What follows from each event. Inventory asks nothing of an upstream; what undoes a reservation is a `cancel`. */
const react: Process<Command, Books, StockEvent, never, Publication, Returned>['react'] = {
  reserved: { publish: ({ event }) => ({ type: 'inventory.reserved', event }) },
  out_of_stock: { publish: ({ event }) => ({ type: 'inventory.out_of_stock', event }) },
  low_stock: { publish: ({ event }) => ({ type: 'inventory.low_stock', event }) },
  returned: { record: ({ event }) => event },
};

/** A command's change, and what follows from it. */
export interface Decided {
  readonly change: Change;
  readonly reactions: readonly Reaction<Publication, Returned>[];
}

/**
 * Decides commands one after the other, each on what the ones before have left. A command is about many shelves at
 * once, so it is not run as the process of one aggregate (docs/adr/0026-one-process-pattern.md).
 */
export const decideInTurn = (commands: readonly Command[], books: Books): Decided[] => {
  let before = books;
  return commands.map((command) => {
    const change = decide(command, before);
    const after = evolve(before, change);
    const reactions = change.events.map((event) =>
      reactionTo({ react }, { before, after, event, version: 0 }),
    );
    before = after;
    return { change, reactions };
  });
};
