import { describe, expect, it } from 'vitest';
import { address, ADDRESS, ORDER, refusal } from '../../test/fake-shop.ts';
import { customer, fakePages, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeAddressBook } from './address-book.ts';

const opened = (changes: Partial<Shop> = {}) => {
  const { pages, ...noted } = fakePages(changes);
  return { book: makeAddressBook(pages, { countries: ['DE', 'AT'] }), ...noted };
};

const ENTERED = { recipient: 'Sam', line1: 'Street 1', city: 'Berlin', postal_code: '1', country: 'DE' };
const FAULT = { pointer: '/postal_code', message: 'is not a postal code of DE' };
const refused = () => Promise.resolve(refusal('INVALID_ADDRESS', { errors: [FAULT] }));

describe('the address book', () => {
  it('shows each address with its default, and countries by their names', async () => {
    const { book } = opened();
    const page = pageOf(await book.show(signedIn, customer, undefined), 'addresses');
    expect(page.addresses).toMatchObject([{ addressId: ADDRESS, isDefault: true }]);
    expect(page.countries).toEqual([
      { code: 'AT', name: 'Austria' },
      { code: 'DE', name: 'Germany' },
    ]);
  });

  it('takes another address', async () => {
    const { book, commands } = opened();
    const outcome = await book.add(signedIn, customer, address, ENTERED);
    expect(outcome).toEqual({ kind: 'see', to: '/account/addresses?notice=SAVED' });
    expect(commands).toEqual([['addAddress', customer.userId, address]]);
  });

  it('shows an address again that is not valid in its country', async () => {
    const { book } = opened({ addAddress: refused });
    const page = pageOf(await book.add(signedIn, customer, address, ENTERED), 'addresses');
    expect(page.addressForm).toEqual({
      entered: ENTERED,
      faults: [{ field: 'postal_code', message: FAULT.message }],
    });
  });

  it('shows the form of an address with what it is, and of no other customer’s', async () => {
    const { book } = opened();
    const page = pageOf(await book.showOne(signedIn, customer, ADDRESS), 'address');
    expect(page.addressForm.entered).toMatchObject({ recipient: 'Sam Shopper', postal_code: '10178' });
    expect(await book.showOne(signedIn, customer, ORDER)).toBeUndefined();
  });

  it('changes an address, which stays the default if it is', async () => {
    const { book, commands } = opened();
    await book.change(signedIn, customer, address, ENTERED);
    expect(commands).toEqual([['changeAddress', customer.userId, { ...address, isDefault: false }]]);
  });

  it.each([
    ['INVALID_ADDRESS', 'address'],
    ['ADDRESS_NOT_FOUND', '/account/addresses?notice=ADDRESS_NOT_FOUND'],
  ])('after %s goes on with %s', async (code, next) => {
    const { book } = opened({ changeAddress: () => Promise.resolve(refusal(code)) });
    const outcome = await book.change(signedIn, customer, address, ENTERED);
    expect(outcome?.kind === 'page' ? outcome.frame.page.kind : outcome?.to).toBe(next);
  });

  it('has one default', async () => {
    const { book, commands } = opened();
    await book.makeDefault(signedIn, customer, ADDRESS);
    expect(commands).toEqual([['changeAddress', customer.userId, { ...address, isDefault: true }]]);
    expect(await book.makeDefault(signedIn, customer, ORDER)).toMatchObject({
      to: '/account/addresses?notice=ADDRESS_NOT_FOUND',
    });
  });

  it('loses an address', async () => {
    const { book, commands } = opened();
    expect(await book.remove(signedIn, customer, ADDRESS)).toMatchObject({
      to: '/account/addresses?notice=REMOVED',
    });
    expect(commands).toEqual([['removeAddress', customer.userId, ADDRESS]]);
  });
});
