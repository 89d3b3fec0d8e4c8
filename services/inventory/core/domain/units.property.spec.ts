import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { RUNS } from '#test/kit/runs.ts';
import { adjust } from './adjustment.ts';
import type { Command } from './commands.ts';
import { decide, type InventoryState } from './decide.ts';
import type { Reservation } from './reservation.ts';
import { findItem, type StockItem } from './stock.ts';
import { anItem, goodsOf, lineOf } from '../../test/inventory.mother.ts';

const START = 12;
const ITEMS = [anItem({ stock: START }), anItem({ stock: START }), anItem({ stock: START })];
const ORDERS = ['order-1', 'order-2', 'order-3', 'order-4'];

type Step = Command | { readonly type: 'adjust'; readonly variantId: string; readonly delta: number };

const orderId = fc.constantFrom(...ORDERS);
const attempt = fc.constantFrom(1, 2);
const lines = fc.array(
  fc
    .tuple(fc.constantFrom(...ITEMS), fc.integer({ min: 1, max: 5 }))
    .map(([item, units]) => lineOf(item, units)),
  { minLength: 1, maxLength: 4 },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('reserve' as const), orderId, attempt, lines }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('cancel' as const), orderId }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('dispatch' as const), orderId, attempt }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restock' as const), orderId, attempt }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('take-back' as const),
      orderId,
      why: fc.constantFrom('return' as const, 'refund' as const),
      lines,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('adjust' as const),
      variantId: fc.constantFrom(...ITEMS.map((item) => item.variantId)),
      delta: fc.integer({ min: -6, max: 6 }),
    }),
  },
);

/** Runs the steps; counts, per variant, the units that were added from outside. */
const play = (steps: readonly Step[], check?: (item: StockItem) => void) => {
  const { variants, shelves: begun } = goodsOf(...ITEMS);
  const shelves = new Map(begun);
  const reservations = new Map<string, readonly Reservation[]>();
  const broughtIn = new Map<string, number>();
  const keep = (item: StockItem): void => {
    check?.(item);
    shelves.set(item.sku, item);
  };
  const count = (variantId: string, units: number): void => {
    broughtIn.set(variantId, (broughtIn.get(variantId) ?? 0) + units);
  };
  for (const one of steps) {
    if (one.type === 'adjust') {
      const item = findItem({ shelves, variants }, one.variantId);
      const adjusted = item && adjust(item, one.delta);
      if (adjusted?.ok !== true) continue;
      keep(adjusted.value);
      count(one.variantId, one.delta);
    } else {
      const change = decide(one, { shelves, variants, reservations });
      change.stock.forEach(keep);
      for (const event of change.events)
        if (event.type === 'returned') count(event.item.variantId, event.quantity);
      for (const reservation of change.reservations) {
        const others = reservations.get(reservation.orderId) ?? [];
        reservations.set(reservation.orderId, [
          ...others.filter((other) => other.attempt !== reservation.attempt),
          reservation,
        ]);
      }
    }
  }
  return { shelves, variants, reservations, broughtIn } satisfies InventoryState & { broughtIn: unknown };
};

const unitsIn = (
  { reservations }: InventoryState,
  status: Reservation['status'],
  variantId: string,
): number =>
  [...reservations.values()]
    .flat()
    .filter((reservation) => reservation.status === status)
    .flatMap((reservation) => reservation.lines)
    .filter((line) => line.variantId === variantId)
    .reduce((sum, { quantity }) => sum + quantity, 0);

describe('stock, whatever happens to it', () => {
  it('is never negative, and reservations never exceed it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        play(steps, ({ stock, reserved }) => {
          expect(reserved).toBeGreaterThanOrEqual(0);
          expect(reserved).toBeLessThanOrEqual(stock);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('neither loses nor creates units: all are in the warehouse or dispatched', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const end = play(steps);
        for (const { variantId, sku } of ITEMS) {
          const item = end.shelves.get(sku);
          const cameIn = START + (end.broughtIn.get(variantId) ?? 0);
          const left = unitsIn(end, 'committed', variantId) + unitsIn(end, 'restocked', variantId);
          expect(item?.stock).toBe(cameIn - left);
          expect(item?.reserved).toBe(unitsIn(end, 'reserved', variantId));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('does not depend on how often, or when, a returned parcel is reported', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom(1, 2), (own, which) => {
        const place: Step = { type: 'reserve', orderId: 'mine', attempt: which, lines: own };
        const dispatch: Step = { type: 'dispatch', orderId: 'mine', attempt: which };
        const restock: Step = { type: 'restock', orderId: 'mine', attempt: which };
        const units = (...steps: readonly Step[]) =>
          [...play(steps).shelves.values()].map(({ stock, reserved }) => ({ stock, reserved }));
        const inOrder = units(place, dispatch, restock);
        expect(units(place, dispatch, restock, restock, dispatch, place)).toEqual(inOrder);
        expect(units(place, restock, dispatch)).toEqual(inOrder);
        expect(units(dispatch, restock, place, restock)).toEqual(inOrder);
        expect(units(restock, place, dispatch)).toEqual(inOrder);
      }),
      { numRuns: RUNS },
    );
  });

  it('does not depend on whether a cancellation or dispatch arrives before its order or after', () => {
    const onlyOrder = (one: Step): boolean => one.type === 'reserve' || one.type === 'cancel';
    fc.assert(
      fc.property(lines, fc.array(step.filter(onlyOrder), { maxLength: 6 }), (own, before) => {
        const place: Step = { type: 'reserve', orderId: 'mine', attempt: 1, lines: own };
        for (const later of [
          { type: 'cancel', orderId: 'mine' },
          { type: 'dispatch', orderId: 'mine', attempt: 1 },
        ] as const) {
          const [inOrder, reversed] = [play([...before, place, later]), play([...before, later, place])];
          const units = (state: InventoryState) =>
            [...state.shelves.values()].map(({ stock, reserved }) => ({ stock, reserved }));
          expect(units(reversed)).toEqual(units(inOrder));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
