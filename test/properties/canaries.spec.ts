import { describe, expect, it } from 'vitest';
import { isFinal } from '#order/core/domain/order-state.ts';
import { accountOf, storyOf } from './account.ts';
import { standingOf } from './standing.ts';
import { World } from './world.ts';

const CUSTOMER = { kind: 'customer', userId: 'c' } as const;
const STAFF = { kind: 'staff', userId: 's' } as const;

/** An order whose parcel is under way. */
const shipped = (): World => {
  const world = new World(1);
  world.settle();
  return world;
};

const delivered = (): World => {
  const world = shipped();
  world.carry(0, 'delivered');
  world.settle();
  return world;
};

describe('the properties of orders notice', () => {
  it('nothing if all is well', () => {
    const world = delivered();
    expect(isFinal(world.order)).toBe(true);
    expect([...standingOf(world), ...storyOf(world), ...accountOf(world)]).toEqual([]);
  });

  it('a missing timer', () => {
    const world = shipped();
    world.tasks.clear();
    expect(standingOf(world)).toHaveLength(1);
  });

  it('an order that nothing moves', () => {
    const world = shipped();
    world.order = { ...world.order, status: 'lost' };
    expect(standingOf(world).join()).toContain('has no open case');
  });

  it('a failed refund without a case', () => {
    const world = delivered();
    const failed = { refundKey: 'r', amountMinor: 1, reason: 'x', status: 'failed' } as const;
    world.order = { ...world.order, refunds: [failed] };
    expect(standingOf(world)).toEqual(['r has failed, and nobody is asked']);
  });

  it('a refund that is not in progress', () => {
    const world = delivered();
    const asked = { refundKey: 'r', amountMinor: 1, reason: 'x', status: 'asked' } as const;
    world.order = { ...world.order, refunds: [asked] };
    expect(standingOf(world)).toEqual(['r was asked for, and nobody is at it']);
  });

  it('a refund by payment that the order does not show', () => {
    const world = delivered();
    world.order = { ...world.order, refundedMinor: 1 };
    expect(storyOf(world)).toHaveLength(1);
  });

  it('units that stay reserved for a cancelled order', () => {
    const world = new World(1);
    while (world.order.status === 'pending') if (!world.deliver(0)) world.work(0, true);
    world.order = { ...world.order, status: 'cancelled' };
    expect(accountOf(world)).toContain('1 units are reserved');
  });

  it('a returned parcel without a case', () => {
    const world = shipped();
    const amount = { minor: world.order.totalMinor, currency: 'EUR' };
    world.command({ type: 'refund', refundKey: 'r', amount, reason: 'x', actor: STAFF });
    world.settle();
    world.carry(0, 'returned');
    world.settle();
    expect(world.order).toMatchObject({ status: 'refunded', cases: [{ kind: 'returned', state: 'open' }] });
    world.order = { ...world.order, cases: [] };
    expect(accountOf(world)).toEqual(['parcel 1 came back, and nobody was asked']);
  });

  it('nothing about a shopper’s cancellation in time', () => {
    const world = new World(1);
    world.command({ type: 'cancel', actor: CUSTOMER });
    world.settle();
    expect(world.order.status).toBe('cancelled');
    expect([...storyOf(world), ...accountOf(world)]).toEqual([]);
  });
});
