import { describe, expect, it } from 'vitest';
import {
  anOrder,
  AUTHORIZED,
  CANCEL,
  cancelled,
  captured,
  CAPTURED,
  confirmed,
  CUSTOMER,
  delivered,
  DISPATCHED,
  ELSEWHERE,
  HOLD,
  held,
  lost,
  moved,
  outcome,
  pending,
  READDRESS,
  readdressed,
  RESERVED,
  RESHIP,
  shipped,
  STAFF,
  TERMS,
} from '#order/test/order.mother.ts';
import { actionsOf } from './actions.ts';
import type { OrderCommand } from './commands.ts';
import { billingAddressOf, type Order } from './order.ts';

const ready = (...more: readonly OrderCommand[]): Order => anOrder(RESERVED, AUTHORIZED, CAPTURED, ...more);
const replaced = (...more: readonly OrderCommand[]): Order => shipped(moved('lost'), RESHIP, ...more);

describe('the address of an order', () => {
  it.each([
    ['pending', pending(), ['address-changed']],
    ['confirmed', confirmed(), ['address-requested']],
    ['paid', captured(), ['address-requested']],
    ['on hold', ready(HOLD, held()), ['address-requested']],
    ['waiting for a replacement', replaced(), ['address-changed']],
    ['changed to this already', ready(READDRESS, readdressed()), []],
    ['being changed to this', ready(READDRESS), []],
    ['shipped', shipped(), 'ADDRESS_NOT_CHANGEABLE'],
    ['delivered', delivered(), 'ADDRESS_NOT_CHANGEABLE'],
    ['lost', lost(), 'ADDRESS_NOT_CHANGEABLE'],
    ['about to be cancelled', ready(CANCEL), 'ADDRESS_NOT_CHANGEABLE'],
    ['cancelled', cancelled(), 'ADDRESS_NOT_CHANGEABLE'],
  ])('can be corrected or not while the order is %s', (_, order, expected) => {
    expect(outcome(order, READDRESS)).toEqual(expected);
  });

  it('stays in its country', () => {
    const abroad = { ...READDRESS, address: { ...ELSEWHERE, country: 'AT', postal_code: '1010' } };
    expect(outcome(ready(), abroad)).toBe('ADDRESS_CHANGES_PRICE');
  });

  it('is the new one once shipping has agreed', () => {
    const before = ready(READDRESS);
    expect(before).toMatchObject({ address: { line1: 'Road 1' }, addressRequest: { address: ELSEWHERE } });
    const order = ready(READDRESS, readdressed());
    expect(order).toMatchObject({ address: ELSEWHERE, addressRequest: undefined });
    expect(order.timeline.at(-1)).toMatchObject({
      detail: 'The shipping address was changed',
      actor: CUSTOMER,
    });
  });

  it('does not change the one of the invoice', () => {
    const order = ready(READDRESS, readdressed());
    expect(billingAddressOf(order)).toEqual(pending().address);
  });

  it('stays if the parcel was faster, and says so', () => {
    const order = ready(READDRESS, DISPATCHED, readdressed());
    expect(order).toMatchObject({ address: { line1: 'Road 1' }, addressRequest: undefined });
    expect(order.timeline.at(-1)?.detail).toBe('Handed to DHL before its address could be changed');
  });

  it('is the new one if the parcel that goes there is reported before the reply', () => {
    expect(outcome(ready(READDRESS), { ...DISPATCHED, correction: 1 })).toEqual([
      'address-changed',
      'shipped',
    ]);
    const order = ready(READDRESS, { ...DISPATCHED, correction: 1 }, readdressed());
    expect(order).toMatchObject({ status: 'shipped', address: ELSEWHERE, addressRequest: undefined });
    expect(order.timeline.at(-1)?.detail).toBe('Handed to DHL');
  });

  it('is not changed by a reply to an earlier request', () => {
    const again = { ...READDRESS, address: { ...ELSEWHERE, line1: 'Road 3' } };
    const order = ready(READDRESS, readdressed(), again);
    expect([outcome(order, readdressed(1)), outcome(order, readdressed(2))]).toEqual([
      [],
      ['address-changed'],
    ]);
  });

  it('is changed once at a time', () => {
    const again = { ...READDRESS, address: { ...ELSEWHERE, line1: 'Road 3' } };
    expect(outcome(ready(READDRESS), again)).toBe('ADDRESS_NOT_CHANGEABLE');
  });

  it.each([
    ['pending', pending(), true],
    ['paid', ready(), true],
    ['being changed', ready(READDRESS), false],
    ['shipped', shipped(), false],
  ])('can be corrected by the customer and by staff as the actions say: %s', (_, order, expected) => {
    const has = (actor: typeof CUSTOMER, isStaff: boolean): boolean =>
      actionsOf(order, actor, isStaff, TERMS).some(({ action }) => action === 'change-address');
    expect([has(CUSTOMER, false), has(STAFF, true)]).toEqual([expected, expected]);
  });
});
