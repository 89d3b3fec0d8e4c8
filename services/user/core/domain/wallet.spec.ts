import { describe, expect, it } from 'vitest';
import { aPaymentMethod } from '../../test/user.mother.ts';
import {
  addPaymentMethod,
  chooseDefault,
  emptyWallet,
  hasCardNumber,
  hasExpired,
  MOST_PAYMENT_METHODS,
  removePaymentMethod,
  type PaymentMethod,
  type Wallet,
} from './wallet.ts';

const card = (paymentMethodId: string, isDefault = false): PaymentMethod =>
  aPaymentMethod({ paymentMethodId, isDefault });
const walletOf = (...cards: readonly PaymentMethod[]): Wallet => {
  let wallet = emptyWallet('ada');
  for (const one of cards) {
    const added = addPaymentMethod(wallet, one);
    if (added.ok) wallet = added.value;
  }
  return wallet;
};
const defaultsIn = ({ methods }: Wallet): unknown[] =>
  methods.map(({ paymentMethodId, isDefault }) => [paymentMethodId, isDefault]);

describe('a wallet', () => {
  it('has one default: the first method, until another is chosen or added as such', () => {
    const two = walletOf(card('a'), card('b'));
    expect(defaultsIn(two)).toEqual([['a', true], ['b', false]]); // prettier-ignore
    expect(defaultsIn(walletOf(card('a'), card('b', true)))).toEqual([['a', false], ['b', true]]); // prettier-ignore
    const chosen = chooseDefault(two, 'b');
    expect(chosen.ok && defaultsIn(chosen.value)).toEqual([['a', false], ['b', true]]); // prettier-ignore
    expect(chooseDefault(two, 'c')).toMatchObject({ error: { code: 'PAYMENT_METHOD_NOT_FOUND' } });
  });

  it('makes the oldest method the default when the default is removed', () => {
    const three = walletOf(card('a'), card('b'), card('c', true));
    const less = removePaymentMethod(three, 'c');
    expect(less.ok && defaultsIn(less.value)).toEqual([['a', true], ['b', false]]); // prettier-ignore
    const other = removePaymentMethod(three, 'a');
    expect(other.ok && defaultsIn(other.value)).toEqual([['b', false], ['c', true]]); // prettier-ignore
    expect(removePaymentMethod(walletOf(card('a')), 'a')).toEqual({ ok: true, value: emptyWallet('ada') });
    expect(removePaymentMethod(three, 'd')).toMatchObject({ error: { code: 'PAYMENT_METHOD_NOT_FOUND' } });
  });

  it('has at most ten methods', () => {
    const full = walletOf(...Array.from({ length: MOST_PAYMENT_METHODS }, (_, index) => card(`${index}`)));
    expect(full.methods).toHaveLength(10);
    expect(addPaymentMethod(full, card('more'))).toMatchObject({
      error: { code: 'TOO_MANY_PAYMENT_METHODS' },
    });
  });
});

describe('a card number', () => {
  it.each([
    '4242424242424242',
    'tok_4242 4242 4242 4242',
    '3782-822463-10005',
    'number=6304000000000000;',
    '6759649826438453x',
    '601100099013942400\u00a06011000990139424',
  ])('is recognised in %s', (text) => {
    expect(hasCardNumber(text)).toBe(true);
  });

  it.each([
    'tok_1NirD82eZvKYlo2CIvbtLWuY',
    '4242424242424241',
    '42424242424',
    '00000000000000000000',
    'pm_2026-11-29',
  ])('is not seen in %s', (text) => {
    expect(hasCardNumber(text)).toBe(false);
  });
});

describe('a card', () => {
  it('expires after its last month', () => {
    const card = aPaymentMethod({ expMonth: 12, expYear: 2031 });
    expect(hasExpired(card, new Date('2031-12-31T23:59:59.999Z'))).toBe(false);
    expect(hasExpired(card, new Date('2032-01-01T00:00:00Z'))).toBe(true);
  });
});
