import { describe, expect, it } from 'vitest';
import {
  aLine,
  AUTHORIZED,
  CAPTURED,
  confirmed,
  historyOf,
  orderOf,
  placed,
  RESERVED,
  STAFF,
  TERMS,
} from '#order/test/order.mother.ts';
import { actionsOf } from './actions.ts';

describe('the refund that staff may make', () => {
  it('is none before the payment is captured', () => {
    expect(actionsOf(confirmed(), STAFF, true, TERMS)).toEqual([
      { action: 'cancel' },
      { action: 'change-address' },
      { action: 'hold' },
      { action: 'ship' },
    ]);
  });

  it('leaves money for the parcel that is about to be sent: all units but those that cost everything', () => {
    const line = aLine({ variantId: 'five', quantity: 5, totalMinor: 3, taxMinor: 0 });
    const shipping = { optionId: 'o', carrier: 'DHL', service: 'S', priceMinor: 0, taxMinor: 0 };
    const free = placed({ lines: [line], shipping, totalMinor: 3 });
    const order = orderOf(historyOf(free, RESERVED, AUTHORIZED, CAPTURED));
    expect(actionsOf(order, STAFF, true, TERMS)).toEqual([
      { action: 'cancel' },
      { action: 'change-address' },
      { action: 'hold' },
      { action: 'ship' },
      { action: 'refund', leftMinor: 2, lines: [{ variantId: 'five', quantity: 2 }], shipping: false },
    ]);
  });
});
