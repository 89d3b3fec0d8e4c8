import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { openCases } from '#order/core/domain/cases.ts';
import { isFinal } from '#order/core/domain/order-state.ts';
import { RUNS } from '#test/kit/runs.ts';
import { accountOf, storyOf } from './account.ts';
import { histories, play } from './histories.ts';
import { standingOf } from './standing.ts';
import type { World } from './world.ts';

const runs = { numRuns: RUNS };
/** Decisions and waits that are enough for the worst of them. */
const MOST_ROUNDS = 60;

describe('an order, whatever happens to it and to the services around it', () => {
  it('always has something that moves it, and forgets no money owed', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const wrong = new Set<string>();
        play(history, (world) => {
          for (const one of standingOf(world)) wrong.add(one);
        });
        expect([...wrong]).toEqual([]);
      }),
      runs,
    );
  });

  it('has no parcel dispatched while it is on hold', () => {
    fc.assert(
      fc.property(histories, (history) => {
        play(history, ({ order, neighbours }) => {
          if (order.hold?.isEffective !== true) return;
          const parcel = neighbours.consignment.shipments.find(({ attempt }) => attempt === order.attempt);
          expect(['waiting', 'scheduled', 'cancelled']).toContain(parcel?.status);
        });
      }),
      runs,
    );
  });

  it('is on hold while shipping holds its parcel', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = play(history);
        world.settle();
        const { order, neighbours } = world;
        const parcel = neighbours.consignment.shipments.find(({ attempt }) => attempt === order.attempt);
        if (parcel?.status === 'scheduled' && parcel.handling === 'held') expect(order.hold).toBeDefined();
      }),
      runs,
    );
  });

  it('knows where its parcel went', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = play(history);
        world.settle();
        const { order, neighbours } = world;
        const sent = neighbours.consignment.shipments.find(
          ({ attempt, label }) => attempt === order.attempt && label !== undefined,
        );
        if (sent) expect(sent.parcel?.address.line1).toBe(order.address.line1);
        expect(order.addressRequest).toBeUndefined();
      }),
      runs,
    );
  });

  it('agrees with payment once all events are handled, and accounts for money and goods once it is final', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = play(history);
        world.settle();
        expect([...storyOf(world), ...(isFinal(world.order) ? accountOf(world) : [])]).toEqual([]);
      }),
      runs,
    );
  });

  it('can be completed by staff and time, with no open case', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = play(history);
        for (let round = 0; round < MOST_ROUNDS && !isOver(world); round += 1) bringOn(world);
        expect([isFinal(world.order), openCases(world.order)]).toEqual([true, []]);
        expect([...storyOf(world), ...accountOf(world)]).toEqual([]);
      }),
      runs,
    );
  });
});

const isOver = (world: World): boolean => {
  world.settle();
  return isFinal(world.order) && openCases(world.order).length === 0;
};

/** Staff release what is on hold, and refund open cases, or dismiss those that they cannot refund; otherwise the parcel arrives, or time passes. */
const bringOn = (world: World): void => {
  const [first] = openCases(world.order);
  const wish = (resolution: 'refund' | 'dismiss') =>
    ({ type: 'resolve-case', caseId: first?.caseId, resolution, restock: false, actor: STAFF }) as const;
  if (first) {
    if (world.command(wish('refund')) !== undefined) world.command(wish('dismiss'));
  } else if (world.order.hold) world.command({ type: 'release', actor: STAFF });
  else if (!world.carry(0, 'delivered')) world.wait();
};

const STAFF = { kind: 'staff', userId: 's' } as const;
