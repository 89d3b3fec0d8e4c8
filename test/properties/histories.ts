import fc from 'fast-check';
import type { Resolution } from '#order/core/domain/cases.ts';
import type { CarrierStatus } from '#shipping/core/domain/consignment.ts';
import { World } from './world.ts';

/** Something that may happen; `pick` chooses among what it may happen to. */
export type Happening =
  | { readonly what: 'deliver' | 'repeat'; readonly pick: number }
  | { readonly what: 'work' | 'lose'; readonly pick: number; readonly isGood: boolean }
  | { readonly what: 'carry'; readonly pick: number; readonly status: CarrierStatus }
  | { readonly what: 'wait' | 'settle' | 'hold' | 'release' | 'ship' }
  | { readonly what: 'readdress'; readonly pick: number }
  | { readonly what: 'cancel'; readonly by: 'customer' | 'staff' }
  | { readonly what: 'refund'; readonly share: number }
  | {
      readonly what: 'resolve';
      readonly pick: number;
      readonly resolution: Resolution;
      readonly restock: boolean;
    };

export interface History {
  /** In stock at first. */
  readonly units: number;
  readonly happenings: readonly Happening[];
}

const pick = fc.nat(30);
const isGood = fc.nat(9).map((n) => n > 1);
const what = <T extends string>(...kinds: readonly T[]) => fc.constantFrom(...kinds);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ what: what('deliver'), pick }) },
  { weight: 1, arbitrary: fc.record({ what: what('repeat'), pick }) },
  { weight: 6, arbitrary: fc.record({ what: what('work'), pick, isGood }) },
  { weight: 1, arbitrary: fc.record({ what: what('lose'), pick, isGood }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: what('carry'),
      pick,
      status: what('in_transit', 'delivered', 'lost', 'lost', 'returned', 'returned'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: what('wait') }) },
  { weight: 2, arbitrary: fc.record({ what: what('hold', 'release', 'ship') }) },
  { weight: 2, arbitrary: fc.record({ what: what('readdress'), pick }) },
  { weight: 1, arbitrary: fc.record({ what: what('settle') }) },
  { weight: 1, arbitrary: fc.record({ what: what('cancel'), by: what('customer', 'staff') }) },
  { weight: 2, arbitrary: fc.record({ what: what('refund'), share: fc.constantFrom(0.1, 0.5, 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: what('resolve'),
      pick,
      resolution: what('refund', 'reship', 'dismiss'),
      restock: fc.boolean(),
    }),
  },
);

const lose: Happening = { what: 'carry', pick: 0, status: 'lost' };
const bringBack: Happening = { what: 'carry', pick: 0, status: 'returned' };
const settle: Happening = { what: 'settle' };

/** Often begins as orders do, so that chance gets further than the first refusal. */
export const histories: fc.Arbitrary<History> = fc.record({
  units: fc.integer({ min: 0, max: 3 }),
  happenings: fc
    .tuple(
      fc.constantFrom<readonly Happening[]>(
        [],
        [settle],
        [settle],
        [settle, lose, settle],
        [settle, bringBack],
      ),
      fc.array(happening, { maxLength: 60, size: 'max' }),
    )
    .map(([start, rest]) => [...start, ...rest]),
});

/** Lets it all happen; `look` sees the world after each step. */
export const play = (
  { units, happenings }: History,
  look: (world: World) => void = () => undefined,
): World => {
  const world = new World(units);
  look(world);
  for (const one of happenings) {
    happen(world, one);
    look(world);
  }
  return world;
};

const happen = (world: World, one: Happening): void => {
  switch (one.what) {
    case 'deliver':
      world.deliver(one.pick);
      return;
    case 'repeat':
      world.deliverAgain(one.pick);
      return;
    case 'work':
      world.work(one.pick, one.isGood);
      return;
    case 'lose':
      world.loseAnswer(one.pick, one.isGood);
      return;
    case 'carry':
      world.carry(one.pick, one.status);
      return;
    case 'wait':
      world.wait();
      return;
    case 'settle':
      world.settle();
      return;
    case 'hold':
      world.command({ type: 'hold', reason: 'a question', actor: STAFF });
      return;
    case 'release':
    case 'ship':
      world.command({ type: one.what, actor: STAFF });
      return;
    case 'readdress': {
      const address = { ...world.order.address, line1: `Road ${one.pick}` };
      world.command({ type: 'change-address', address, actor: STAFF });
      return;
    }
    case 'cancel':
      world.command({ type: 'cancel', actor: { kind: one.by, userId: one.by } });
      return;
    case 'refund': {
      const { totalMinor, currency, refunds } = world.order;
      const amount = { minor: Math.round(totalMinor * one.share), currency };
      const refundKey = `r${refunds.length}`;
      world.command({ type: 'refund', refundKey, amount, reason: 'goodwill', actor: STAFF });
      return;
    }
    case 'resolve': {
      const { cases } = world.order;
      const open = cases.filter(({ state }) => state === 'open');
      const caseId = open[one.pick % Math.max(1, open.length)]?.caseId;
      const { resolution, restock } = one;
      world.command({ type: 'resolve-case', caseId, resolution, restock, actor: STAFF });
    }
  }
};

const STAFF = { kind: 'staff', userId: 's' } as const;
