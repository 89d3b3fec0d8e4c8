import type { Command, CommandOf } from './commands.ts';
import { levelEvents, type Shortage, type StockEvent } from './events.ts';
import {
  mergeLines,
  WHOLE_ORDER,
  type Line,
  type Reservation,
  type ReservationStatus,
} from './reservation.ts';
import {
  availableOf,
  findItem,
  itemOf,
  move,
  type Goods,
  type Movement,
  type Shelf,
  type StockItem,
} from './stock.ts';

/** The stock and reservations of the commands. */
export interface InventoryState extends Goods {
  /** By order, one per attempt. */
  readonly reservations: ReadonlyMap<string, readonly Reservation[]>;
}

/** Changes by a command: the latest state of each row. */
export interface Change {
  readonly stock: readonly StockItem[];
  readonly reservations: readonly Reservation[];
  readonly events: readonly StockEvent[];
}

const NOTHING: Change = { stock: [], reservations: [], events: [] };

/** Decides one command. Commands about one order commute, and a repeated command changes nothing, apart from `take-back`. */
export const decide = (command: Command, state: InventoryState): Change => {
  switch (command.type) {
    case 'reserve':
      return decideReserve(command, state);
    case 'cancel':
      return decideCancel(command, state);
    case 'dispatch':
      return decideDispatch(command, state);
    case 'restock':
      return decideRestock(command, state);
    case 'take-back':
      return decideTakeBack(command, state);
  }
};

/** Reserves all lines or none. */
const decideReserve = ({ orderId, attempt, lines }: CommandOf<'reserve'>, state: InventoryState): Change => {
  const known = attemptsOf(orderId, state);
  const mine = known.find((reservation) => reservation.attempt === attempt);
  const isCancelled = known.some((reservation) => reservation.attempt === WHOLE_ORDER);
  if (isCancelled || (mine && mine.status !== 'dispatched')) return NOTHING;

  const wanted = mergeLines(lines);
  const record = (status: ReservationStatus): Reservation => ({ orderId, attempt, status, lines: wanted });
  const shortages = shortagesOf(wanted, state);
  if (shortages.length > 0)
    return {
      ...NOTHING,
      reservations: [record('refused')],
      events: [{ type: 'out_of_stock', orderId, attempt, shortages }],
    };
  // Goods that are already dispatched are not reserved but taken out of stock.
  const { stock, events } = moveAll(wanted, state, (units) =>
    mine ? { stock: -units } : { reserved: units },
  );
  return {
    ...NOTHING,
    stock,
    reservations: [record(mine ? 'committed' : 'reserved')],
    events: [{ type: 'reserved', orderId, attempt, lines: wanted }, ...events],
  };
};

/** Releases reserved units, and stores that nothing may be reserved afterwards. */
const decideCancel = ({ orderId }: CommandOf<'cancel'>, state: InventoryState): Change => {
  const known = attemptsOf(orderId, state);
  if (known.some(({ attempt }) => attempt === WHOLE_ORDER)) return NOTHING;
  const open = known.filter(({ status }) => status === 'reserved');
  const lines = mergeLines(open.flatMap((reservation) => reservation.lines));
  return {
    ...moveAll(lines, state, (units) => ({ reserved: -units })),
    reservations: [
      ...open.map((reservation) => ({ ...reservation, status: 'released' as const })),
      { orderId, attempt: WHOLE_ORDER, status: 'released', lines: [] },
    ],
  };
};

/** Takes the goods of a reservation out of the warehouse. */
const decideDispatch = ({ orderId, attempt }: CommandOf<'dispatch'>, state: InventoryState): Change => {
  const mine = attemptsOf(orderId, state).find((reservation) => reservation.attempt === attempt);
  if (!mine) return { ...NOTHING, reservations: [{ orderId, attempt, status: 'dispatched', lines: [] }] };
  if (mine.status !== 'reserved') return NOTHING;
  return {
    ...moveAll(mine.lines, state, (units) => ({ stock: -units, reserved: -units })),
    reservations: [{ ...mine, status: 'committed' }],
  };
};

/** Puts a parcel's returned goods back on sale, once. */
const decideRestock = (command: CommandOf<'restock'>, state: InventoryState): Change => {
  const { orderId } = command;
  const known = attemptsOf(orderId, state);
  const attempt = command.attempt ?? Math.max(1, ...known.map((reservation) => reservation.attempt));
  const mine = known.find((reservation) => reservation.attempt === attempt);
  // Returned before the dispatch was known: a later report of the dispatch changes nothing.
  if (!mine || mine.status === 'dispatched')
    return { ...NOTHING, reservations: [{ orderId, attempt, status: 'restocked', lines: [] }] };
  if (mine.status !== 'committed' && mine.status !== 'reserved') return NOTHING;
  const { stock, events } = moveAll(mine.lines, state, (units) =>
    mine.status === 'committed' ? { stock: units } : { reserved: -units },
  );
  const returned = stock.map((item, index): StockEvent => {
    return { type: 'returned', orderId, why: 'parcel', item, quantity: mine.lines[index]?.quantity ?? 0 };
  });
  return { stock, reservations: [{ ...mine, status: 'restocked' }], events: [...events, ...returned] };
};

/** Puts units back on sale. The inbox makes it happen once; units of variants that are unknown here are dropped. */
const decideTakeBack = ({ orderId, why, lines }: CommandOf<'take-back'>, state: InventoryState): Change => {
  const known = mergeLines(lines).filter(({ variantId }) => findItem(state, variantId) !== undefined);
  const { stock, events } = moveAll(known, state, (units) => ({ stock: units }));
  const returned = stock.map((item, index): StockEvent => {
    return { type: 'returned', orderId, why, item, quantity: known[index]?.quantity ?? 0 };
  });
  return { ...NOTHING, stock, events: [...events, ...returned] };
};

const attemptsOf = (orderId: string, { reservations }: InventoryState): readonly Reservation[] =>
  reservations.get(orderId) ?? [];

/** Lines that the shelves cannot serve; variants of one SKU share its stock. */
const shortagesOf = (lines: readonly Line[], state: InventoryState): Shortage[] => {
  const taken = new Map<string, number>();
  return lines.flatMap((line) => {
    const item = findItem(state, line.variantId);
    if (!item) return [{ line, available: 0 }];
    const available = Math.max(0, availableOf(item) - (taken.get(item.sku) ?? 0));
    taken.set(item.sku, (taken.get(item.sku) ?? 0) + line.quantity);
    return available < line.quantity ? [{ line, available }] : [];
  });
};

/** Moves the units of each line; the events say which items became low, available or sold out. */
const moveAll = (
  lines: readonly Line[],
  { shelves, variants }: InventoryState,
  movementOf: (units: number) => Movement,
): { readonly stock: StockItem[]; readonly events: StockEvent[] } => {
  const events: StockEvent[] = [];
  const moved = new Map<string, Shelf>();
  const stock = lines.map(({ variantId, quantity }) => {
    const variant = variants.get(variantId);
    const shelf = variant && (moved.get(variant.sku) ?? shelves.get(variant.sku));
    if (!shelf) throw new Error(`no stock row of variant ${variantId}`);
    const before = itemOf(shelf, variant);
    const after = move(before, movementOf(quantity));
    moved.set(after.sku, after);
    events.push(...levelEvents(before, after));
    return after;
  });
  return { stock, events };
};
