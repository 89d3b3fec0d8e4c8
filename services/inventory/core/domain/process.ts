import { reactionTo, type Process, type Reaction } from '#kernel/process.ts';
import type { Command } from './commands.ts';
import { decide, type InventoryState, type Change } from './decide.ts';
import type { Publication, Returned, StockEvent } from './events.ts';
import { evolve } from './evolve.ts';

/** Consequences of each event. Inventory calls no upstream; a reservation is undone by `cancel`. */
const react: Process<Command, InventoryState, StockEvent, never, Publication, Returned>['react'] = {
  reserved: { publish: ({ event }) => ({ type: 'inventory.reserved', event }) },
  out_of_stock: { publish: ({ event }) => ({ type: 'inventory.out_of_stock', event }) },
  low_stock: { publish: ({ event }) => ({ type: 'inventory.low_stock', event }) },
  availability_changed: { publish: ({ event }) => ({ type: 'inventory.availability_changed', event }) },
  returned: { record: ({ event }) => event },
};

/** A command's change and its consequences. */
export interface Decided {
  readonly change: Change;
  readonly reactions: readonly Reaction<Publication, Returned>[];
}

/**
 * Decides commands in sequence, each on the state left by those before it. A command affects many shelves at
 * once, so it is not run as the process of one aggregate (docs/adr/0026-one-process-pattern.md).
 */
export const decideInTurn = (commands: readonly Command[], state: InventoryState): Decided[] => {
  let before = state;
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
