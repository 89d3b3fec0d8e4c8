import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { address, documents, order, ORDER } from '../../test/fake-shop.ts';
import type { OrderStatus } from '../ports/shop.ts';
import { formatFor } from './format.ts';
import { orderPage } from './order-page.ts';

const format = formatFor('en');

const pageOf = (changes: Partial<typeof order> = {}) =>
  orderPage(
    { ...order, ...changes },
    { isNew: false, isGuest: false, notice: undefined, returns: [], documents },
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

  it('has its invoice and credit notes to download', () => {
    expect(pageOf().documents).toEqual([
      { kind: 'invoice', number: 'INV-000042', href: `/orders/${ORDER}/invoice`, date: '1 March 2026', amount: '€121.41' },
      { kind: 'credit_note', number: 'CN-000007', href: `/orders/${ORDER}/credit-notes/CN-000007`, date: '8 March 2026', amount: '€49.90' },
    ]); // prettier-ignore
  });

  it('leads to the form for its address while that can change, and shows what was asked for', () => {
    expect(pageOf()).toMatchObject({ addressHref: `/orders/${ORDER}/address`, requestedAddress: [] });
    const late = pageOf({ canChangeAddress: false, requestedAddress: { ...address, line1: 'Street 2' } });
    expect(late).toMatchObject({ addressHref: undefined });
    expect(late.requestedAddress).toContain('Street 2');
  });

  it('leaves out what the order does not have', () => {
    expect(pageOf({ card: undefined, expected: undefined })).toMatchObject({
      card: undefined,
      expected: undefined,
      refunded: undefined,
    });
  });
});
