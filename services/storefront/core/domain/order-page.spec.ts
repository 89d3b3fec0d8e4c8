import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { address, order } from '../../test/fake-shop.ts';
import type { OrderStatus } from '../ports/shop.ts';
import { formatFor } from './format.ts';
import { linesOf, orderPage } from './order-page.ts';

const format = formatFor('en');

const pageOf = (changes: Partial<typeof order> = {}) =>
  orderPage(
    { ...order, ...changes },
    { isNew: false, isGuest: false, notice: undefined, returns: [] },
    format,
  );

describe('the page of an order', () => {
  it.each<[OrderStatus, readonly string[]]>([
    ['pending', ['current', 'open', 'open', 'open']],
    ['shipped', ['done', 'done', 'current', 'open']],
    ['delivered', ['done', 'done', 'done', 'done']],
  ])('shows how far an order has come that is %s', (status, states) => {
    expect(pageOf({ status }).steps.map(({ state }) => state)).toEqual(states);
  });

  it.each<OrderStatus>(['cancelled', 'lost', 'returned', 'refunded'])(
    'shows no progress of an order that is %s',
    (status) => {
      expect(pageOf({ status }).steps).toEqual([]);
    },
  );

  it.each<[OrderStatus, boolean]>([
    ['shipped', false],
    ['lost', false],
    ['delivered', true],
    ['cancelled', true],
  ])('of an order that is %s is final: %j', (status, isFinal) => {
    expect(pageOf({ status }).isFinal).toBe(isFinal);
  });

  it('shows the card, the day of delivery and a refund', () => {
    expect(pageOf({ refunded: money(500, 'EUR') })).toMatchObject({
      card: 'Visa •••• 4242',
      expected: 'Wednesday, 4 March',
      refunded: '€5.00',
    });
  });

  it('leaves out what the order does not have', () => {
    expect(pageOf({ card: undefined, expected: undefined })).toMatchObject({
      card: undefined,
      expected: undefined,
      refunded: undefined,
    });
  });
});

describe('an address', () => {
  it('is written as on a parcel', () => {
    const full = { ...address, line2: 'Floor 3', region: 'BE' };
    expect(linesOf(full, format)).toEqual([
      'Sam Shopper',
      'Karl-Marx-Allee 1',
      'Floor 3',
      '10178 Berlin BE',
      'Germany',
    ]);
  });

  it('has no empty lines', () => {
    expect(linesOf({ ...address, line2: '', postalCode: undefined }, format)).toEqual([
      'Sam Shopper',
      'Karl-Marx-Allee 1',
      'Berlin',
      'Germany',
    ]);
  });

  it('shows the code of a country that has no name', () => {
    expect(linesOf({ ...address, country: 'QX' }, format).at(-1)).toBe('QX');
  });
});
