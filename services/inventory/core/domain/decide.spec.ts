import { describe, expect, it } from 'vitest';
import type { Command } from './commands.ts';
import { decide, type InventoryState, type Change } from './decide.ts';
import * as process from './process.ts';
import { WHOLE_ORDER, type Line, type Reservation } from './reservation.ts';
import { move, statusOf, type StockItem } from './stock.ts';
import { anId, anItem, aReservation, goodsOf, lineOf } from '../../test/inventory.mother.ts';

const orderId = anId();

const stateOf = (stock: readonly StockItem[], reservations: readonly Reservation[] = []): InventoryState => ({
  ...goodsOf(...stock),
  reservations: Map.groupBy(reservations, (reservation) => reservation.orderId),
});

const reserve = (lines: readonly Line[], attempt = 1, order = orderId): Command => ({
  type: 'reserve',
  orderId: order,
  attempt,
  lines,
});

const decideInTurn = (commands: readonly Command[], before: InventoryState): readonly Change[] =>
  process.decideInTurn(commands, before).map(({ change }) => change);

const NOTHING = { stock: [], reservations: [], events: [] };

describe('a placed order', () => {
  it('reserves all its lines', () => {
    const [a, b] = [anItem(), anItem()];
    const lines = [lineOf(a, 2), lineOf(b, 3)];
    expect(decide(reserve(lines), stateOf([a, b]))).toEqual({
      ...NOTHING,
      stock: [
        { ...a, reserved: 2, version: 2 },
        { ...b, reserved: 3, version: 2 },
      ],
      reservations: [{ orderId, attempt: 1, status: 'reserved', lines }],
      events: [{ type: 'reserved', orderId, attempt: 1, lines }],
    });
  });

  it('reserves nothing if a line is short, and names that line', () => {
    const [enough, short] = [anItem(), anItem({ stock: 3, reserved: 1 })];
    const lines = [lineOf(enough, 1), lineOf(short, 3)];
    expect(decide(reserve(lines), stateOf([enough, short]))).toEqual({
      ...NOTHING,
      reservations: [{ orderId, attempt: 1, status: 'refused', lines }],
      events: [
        { type: 'out_of_stock', orderId, attempt: 1, shortages: [{ line: lineOf(short, 3), available: 2 }] },
      ],
    });
  });

  it('may take the last available units', () => {
    const item = anItem({ stock: 3 });
    expect(decide(reserve([lineOf(item, 3)]), stateOf([item])).stock).toMatchObject([
      { stock: 3, reserved: 3 },
    ]);
  });

  it('is short of unknown variants and of those no longer on sale', () => {
    const [unknown, withdrawn] = [anItem(), anItem({ withdrawn: true })];
    const { events } = decide(reserve([lineOf(unknown, 1), lineOf(withdrawn, 1)]), stateOf([withdrawn]));
    expect(events).toMatchObject([{ type: 'out_of_stock', shortages: [{ available: 0 }, { available: 0 }] }]);
  });

  it('sums the lines of a variant', () => {
    const item = anItem({ stock: 3 });
    const lines = [lineOf(item, 2), lineOf(item, 2)];
    expect(decide(reserve(lines), stateOf([item])).events).toEqual([
      { type: 'out_of_stock', orderId, attempt: 1, shortages: [{ line: lineOf(item, 4), available: 3 }] },
    ]);
  });

  it('is served from one shelf, whichever of its variants a line names', () => {
    const item = anItem({ stock: 5 });
    const sameGoods = { ...item, variantId: anId(), productId: anId() };
    const both = (units: number) =>
      decide(reserve([lineOf(item, 3), lineOf(sameGoods, units)]), stateOf([item, sameGoods]));
    expect(both(2).stock.at(-1)).toMatchObject({ sku: item.sku, stock: 5, reserved: 5, version: 3 });
    expect(both(3)).toMatchObject({
      stock: [],
      events: [{ type: 'out_of_stock', shortages: [{ line: lineOf(sameGoods, 3), available: 2 }] }],
    });
  });

  it.each(['reserved', 'refused', 'released', 'committed'] as const)(
    'changes nothing once it is %s',
    (status) => {
      const item = anItem({ reserved: 1 });
      const lines = [lineOf(item, 1)];
      expect(decide(reserve(lines), stateOf([item], [aReservation({ orderId, status, lines })]))).toEqual(
        NOTHING,
      );
    },
  );

  it('reserves its replacement separately from the first parcel', () => {
    const item = anItem({ reserved: 2 });
    const first = aReservation({ orderId, lines: [lineOf(item, 2)] });
    expect(decide(reserve([lineOf(item, 1)], 2), stateOf([item], [first]))).toMatchObject({
      stock: [{ reserved: 3 }],
      reservations: [{ attempt: 2, status: 'reserved' }],
    });
  });

  it('takes goods that are already dispatched out of the stock', () => {
    const item = anItem();
    const early = aReservation({ orderId, status: 'dispatched' });
    const change = decide(reserve([lineOf(item, 2)]), stateOf([item], [early]));
    expect(change.stock).toEqual([{ ...item, stock: 18, version: 2 }]);
    expect(change.reservations).toMatchObject([{ status: 'committed', lines: [lineOf(item, 2)] }]);
  });
});

describe('a cancelled order', () => {
  it('releases reserved units of every attempt, but not dispatched ones', () => {
    const item = anItem({ stock: 10, reserved: 3 });
    const lines = [lineOf(item, 3)];
    const known = [
      aReservation({ orderId, attempt: 1, status: 'committed', lines }),
      aReservation({ orderId, attempt: 2, lines }),
    ];
    const change = decide({ type: 'cancel', orderId }, stateOf([item], known));
    expect(change.stock).toEqual([{ ...item, reserved: 0, version: 2 }]);
    expect(change.reservations).toEqual([
      { orderId, attempt: 2, status: 'released', lines },
      { orderId, attempt: WHOLE_ORDER, status: 'released', lines: [] },
    ]);
    expect(change.events).toEqual([]);
  });

  it('releases units to their shelf even if their variant is withdrawn', () => {
    const old = anItem({ stock: 10, reserved: 3, withdrawn: true });
    const sold = { ...old, variantId: anId(), withdrawn: false };
    const known = [aReservation({ orderId, lines: [lineOf(old, 3)] })];
    const change = decide({ type: 'cancel', orderId }, stateOf([old, sold], known));
    expect(change.stock).toMatchObject([{ sku: sold.sku, stock: 10, reserved: 0 }]);
  });

  it('releases several reservations in turn', () => {
    const item = anItem();
    const [, , cancelled] = decideInTurn(
      [reserve([lineOf(item, 4)]), reserve([lineOf(item, 1)], 2), { type: 'cancel', orderId }],
      stateOf([item]),
    );
    expect(cancelled?.stock).toMatchObject([{ reserved: 0 }]);
    expect(cancelled?.reservations.map(({ attempt }) => attempt)).toEqual([1, 2, WHOLE_ORDER]);
  });

  it('reserves nothing afterwards, and publishes nothing', () => {
    const item = anItem();
    const changes = decideInTurn(
      [{ type: 'cancel', orderId }, reserve([lineOf(item, 1)]), reserve([lineOf(item, 1)], 2)],
      stateOf([item]),
    );
    expect(changes.slice(1)).toEqual([NOTHING, NOTHING]);
  });

  it('releases once', () => {
    const item = anItem();
    const [, , again] = decideInTurn(
      [reserve([lineOf(item, 4)]), { type: 'cancel', orderId }, { type: 'cancel', orderId }],
      stateOf([item]),
    );
    expect(again).toEqual(NOTHING);
  });
});

describe('a dispatched parcel', () => {
  it('is taken out of stock and reservation, once', () => {
    const item = anItem();
    const dispatch: Command = { type: 'dispatch', orderId, attempt: 1 };
    const [, left, again] = decideInTurn([reserve([lineOf(item, 4)]), dispatch, dispatch], stateOf([item]));
    expect(left).toMatchObject({
      stock: [{ stock: 16, reserved: 0 }],
      reservations: [{ status: 'committed' }],
    });
    expect(again).toEqual(NOTHING);
  });

  it('is not mistaken for another parcel of its order', () => {
    const item = anItem({ reserved: 2 });
    const first = aReservation({ orderId, lines: [lineOf(item, 2)] });
    expect(decide({ type: 'dispatch', orderId, attempt: 2 }, stateOf([item], [first]))).toMatchObject({
      stock: [],
      reservations: [{ attempt: 2, status: 'dispatched' }],
    });
  });

  it('is stored if its order is not known yet', () => {
    expect(decide({ type: 'dispatch', orderId, attempt: 1 }, stateOf([])).reservations).toEqual([
      { orderId, attempt: 1, status: 'dispatched', lines: [] },
    ]);
  });
});

describe('returned goods', () => {
  const item = anItem();
  const parcel = (status: Reservation['status'], attempt = 1): Reservation => ({
    orderId,
    attempt,
    status,
    lines: [lineOf(item, 3)],
  });
  const restock = (attempt?: number): Command => ({ type: 'restock', orderId, attempt });

  it('are for sale again, with an audit entry', () => {
    const after = { ...item, stock: 23, version: 2 };
    expect(decide(restock(1), stateOf([item], [parcel('committed')]))).toEqual({
      ...NOTHING,
      stock: [after],
      reservations: [parcel('restocked')],
      events: [{ type: 'returned', orderId, why: 'parcel', item: after, quantity: 3 }],
    });
  });

  it('are restocked once per parcel, and each parcel separately', () => {
    expect(decide(restock(1), stateOf([item], [parcel('restocked')]))).toEqual(NOTHING);
    const two = stateOf([item], [parcel('restocked'), parcel('committed', 2)]);
    expect(decide(restock(1), two)).toEqual(NOTHING);
    expect(decide(restock(2), two).reservations).toEqual([parcel('restocked', 2)]);
  });

  it('are those of the newest parcel by default', () => {
    const two = stateOf([item], [parcel('committed'), parcel('committed', 2)]);
    expect(decide(restock(), two).reservations).toEqual([parcel('restocked', 2)]);
  });

  it.each(['refused', 'released'] as const)('are ignored if the parcel was %s', (status) => {
    expect(decide(restock(1), stateOf([item], [parcel(status)]))).toEqual(NOTHING);
  });
});

describe('low stock', () => {
  it('is published when the threshold is crossed, not again below it, and again after it was exceeded', () => {
    const item = anItem({ stock: 8, lowStockThreshold: 5 });
    const [first, second] = [anId(), anId()];
    const changes = decideInTurn(
      [
        reserve([lineOf(item, 2)], 1, anId()),
        reserve([lineOf(item, 1)], 1, first),
        reserve([lineOf(item, 1)], 1, second),
        { type: 'cancel', orderId: first },
        { type: 'cancel', orderId: second },
        reserve([lineOf(item, 1)], 1, anId()),
      ],
      stateOf([item]),
    );
    const low = changes.map(({ events }) => events.some(({ type }) => type === 'low_stock'));
    expect(low).toEqual([false, true, false, false, false, true]);
  });

  it('is visible in the status', () => {
    expect(statusOf(anItem({ stock: 6, lowStockThreshold: 5 }))).toBe('in_stock');
    expect(statusOf(anItem({ stock: 6, reserved: 1, lowStockThreshold: 5 }))).toBe('low');
    expect(statusOf(anItem({ stock: 6, reserved: 6 }))).toBe('sold_out');
    expect(statusOf(anItem({ withdrawn: true }))).toBe('sold_out');
  });
});

describe('a bug', () => {
  it('cannot reserve more than is available, nor release more than is reserved', () => {
    expect(() => move(anItem({ stock: 1 }), { reserved: 2 })).toThrow(RangeError);
    expect(() => move(anItem({ stock: 1 }), { reserved: -1 })).toThrow(RangeError);
  });

  it('is detected if a reservation is about missing stock', () => {
    const item = anItem();
    const known = [aReservation({ orderId, lines: [lineOf(item, 1)] })];
    expect(() => decide({ type: 'cancel', orderId }, stateOf([], known))).toThrow(item.variantId);
  });
});
