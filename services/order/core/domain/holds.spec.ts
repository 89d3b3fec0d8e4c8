import { describe, expect, it } from 'vitest';
import {
  AUTHORIZED,
  anOrder,
  CANCEL,
  cancelled,
  CAPTURED,
  captured,
  confirmed,
  delivered,
  DISPATCHED,
  held,
  HOLD,
  lost,
  outcome,
  pending,
  RELEASE,
  RESERVED,
  RESHIP,
  SHIP,
  shipped,
  STAFF,
  TERMS,
} from '#order/test/order.mother.ts';
import { actionsOf } from './actions.ts';
import type { OrderCommand } from './commands.ts';
import type { Order } from './order.ts';
import { waitOf, whatMovesIt } from './order-state.ts';

const ready = (...more: readonly OrderCommand[]): Order => anOrder(RESERVED, AUTHORIZED, CAPTURED, ...more);

/** Its parcel is lost, and another is to be sent. */
const resent = (...more: readonly OrderCommand[]): Order =>
  ready(DISPATCHED, { type: 'parcel-moved', attempt: 1, status: 'lost', detail: '' }, RESHIP, ...more);

const parcelActions = (order: Order): readonly string[] =>
  actionsOf(order, STAFF, true, TERMS)
    .map(({ action }) => action)
    .filter((action) => ['hold', 'release', 'ship'].includes(action));

describe('an order on hold', () => {
  it.each([
    ['pending', pending(), ['hold-requested']],
    ['confirmed', confirmed(), ['hold-requested']],
    ['paid', captured(), ['hold-requested']],
    ['on hold', ready(HOLD), []],
    ['shipped', shipped(), 'ORDER_NOT_HOLDABLE'],
    ['delivered', delivered(), 'ORDER_NOT_HOLDABLE'],
    ['lost', lost(), 'ORDER_NOT_HOLDABLE'],
    ['about to be cancelled', ready(CANCEL), 'ORDER_NOT_HOLDABLE'],
    ['cancelled', cancelled(), 'ORDER_NOT_HOLDABLE'],
  ])('is one that was %s', (_, order, expected) => {
    expect(outcome(order, HOLD)).toEqual(expected);
  });

  it('waits for nothing but its release, once shipping holds the parcel', () => {
    expect(waitOf(ready(HOLD))).toMatchObject({ waitedIn: 'confirmed' });
    const order = ready(HOLD, held());
    expect([waitOf(order), whatMovesIt(order)]).toEqual([undefined, ['hold']]);
    expect(waitOf(ready(HOLD, held(), RELEASE))).toMatchObject({ waitedIn: 'confirmed' });
  });

  it('is one still if the reply is to an earlier hold', () => {
    const order = ready(HOLD, RELEASE, HOLD);
    expect([outcome(order, held(1)), outcome(order, held(3))]).toEqual([[], ['held']]);
  });

  it('is no longer on hold if the parcel was faster, and says so', () => {
    const order = ready(HOLD, DISPATCHED);
    expect(order).toMatchObject({ status: 'shipped', hold: undefined });
    expect(order.timeline.at(-1)?.detail).toBe('Handed to DHL before it could be stopped');
  });

  it('can be cancelled', () => {
    expect(outcome(ready(HOLD, held()), CANCEL)).toEqual(['cancel-requested']);
  });

  it('is none for the next parcel', () => {
    expect(resent(HOLD).hold).toBeDefined();
    expect(shipped().hold).toBeUndefined();
  });

  it('stays on hold when the stock of its next parcel is reserved', () => {
    expect(resent(HOLD, { type: 'stock-reserved', attempt: 2 })).toMatchObject({
      status: 'confirmed',
      awaitsReplacement: false,
      hold: { isEffective: false },
    });
  });
});

describe('a parcel', () => {
  it.each([
    ['pending', pending(), 'ORDER_NOT_SHIPPABLE'],
    ['confirmed', confirmed(), ['dispatch-requested']],
    ['on hold', ready(HOLD, held()), ['dispatch-requested']],
    ['already urgent', ready(SHIP), []],
    ['shipped', shipped(), 'ORDER_NOT_SHIPPABLE'],
    ['about to be cancelled', ready(CANCEL), 'ORDER_NOT_SHIPPABLE'],
  ])('of an order that is %s can be sent at once or not', (_, order, expected) => {
    expect(outcome(order, SHIP)).toEqual(expected);
  });

  it('can be held, released and sent as the actions of the order say', () => {
    expect(parcelActions(pending())).toEqual(['hold']);
    expect(parcelActions(ready())).toEqual(['hold', 'ship']);
    expect(parcelActions(ready(HOLD, held()))).toEqual(['release', 'ship']);
    expect(parcelActions(ready(SHIP))).toEqual(['hold']);
    expect(parcelActions(shipped())).toEqual([]);
    expect(actionsOf(ready(), { kind: 'customer' }, false, TERMS)).toEqual([
      { action: 'cancel' },
      { action: 'change-address' },
    ]);
  });

  it('is released without effect where it is not on hold', () => {
    expect([outcome(ready(), RELEASE), outcome(shipped(), RELEASE)]).toEqual([[], []]);
  });
});
