import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  addAddress,
  changeAddress,
  MOST_ADDRESSES,
  removeAddress,
  type AddressBook,
  type AddressDraft,
} from './address.ts';

const draft = (changes: Partial<AddressDraft> = {}): AddressDraft => ({
  postal: { recipient: 'Ada', line1: '12 Square', city: 'London', postalCode: 'SW1Y', country: 'GB' },
  defaultShipping: false,
  defaultBilling: false,
  ...changes,
});

type Deed = (book: AddressBook) => ReturnType<typeof addAddress> | ReturnType<typeof removeAddress>;

const add =
  (id: string, changes?: Partial<AddressDraft>): Deed =>
  (book) =>
    addAddress(book, draft(changes), id);
const change =
  (id: string, changes?: Partial<AddressDraft>): Deed =>
  (book) =>
    changeAddress(book, id, draft(changes));
const remove =
  (id: string): Deed =>
  (book) =>
    removeAddress(book, id);

/** What is refused changes nothing. */
const after = (...deeds: readonly Deed[]): AddressBook =>
  deeds.reduce<AddressBook>((book, deed) => {
    const done = deed(book);
    return done.ok ? done.value : book;
  }, []);

const defaults = (book: AddressBook) => ({
  shipping: book.filter(({ defaultShipping }) => defaultShipping).map(({ addressId }) => addressId),
  billing: book.filter(({ defaultBilling }) => defaultBilling).map(({ addressId }) => addressId),
});

describe('addresses', () => {
  it('make the first one the default for everything', () => {
    expect(defaults(after(add('a')))).toEqual({ shipping: ['a'], billing: ['a'] });
  });

  it('keep their defaults when another one is added', () => {
    expect(defaults(after(add('a'), add('b')))).toEqual({ shipping: ['a'], billing: ['a'] });
    const book = after(add('a'), add('b', { defaultShipping: true }), add('c'));
    expect(defaults(book)).toEqual({ shipping: ['b'], billing: ['a'] });
  });

  it('replace the old default by a new one', () => {
    const book = after(add('a'), add('b', { defaultShipping: true }));
    expect(defaults(book)).toEqual({ shipping: ['b'], billing: ['a'] });
  });

  it('get another default by a change', () => {
    const book = after(add('a'), add('b'), change('b', { defaultBilling: true }));
    expect(defaults(book)).toEqual({ shipping: ['a'], billing: ['b'] });
  });

  it('keep a default that a change gives up if no other address can replace it', () => {
    expect(defaults(after(add('a'), add('b'), change('a')))).toEqual({ shipping: ['a'], billing: ['a'] });
    const wish = { defaultShipping: true, defaultBilling: true };
    expect(defaults(after(add('a'), add('b', wish), change('b')))).toEqual({
      shipping: ['b'],
      billing: ['b'],
    });
    expect(defaults(after(add('a'), add('b'), change('b')))).toEqual({ shipping: ['a'], billing: ['a'] });
  });

  it('make the oldest one the default when the default is removed', () => {
    const book = after(add('a'), add('b'), add('c', { defaultShipping: true }), remove('c'));
    expect(defaults(book)).toEqual({ shipping: ['a'], billing: ['a'] });
  });

  it('change only the address that is named', () => {
    const postal = { ...draft().postal, city: 'Paris', country: 'FR' };
    const book = after(add('a'), add('b'), change('b', { postal }));
    expect(book.map((address) => address.postal.city)).toEqual(['London', 'Paris']);
  });

  it('refuse more than the limit', () => {
    const full = after(...Array.from({ length: MOST_ADDRESSES }, (_, index) => add(`a${index}`)));
    expect(full).toHaveLength(MOST_ADDRESSES);
    expect(addAddress(full, draft(), 'more')).toMatchObject({ error: { code: 'TOO_MANY_ADDRESSES' } });
  });

  it('refuse to change or remove an unknown address', () => {
    const book = after(add('a'));
    expect(changeAddress(book, 'b', draft())).toMatchObject({ error: { code: 'ADDRESS_NOT_FOUND' } });
    expect(removeAddress(book, 'b')).toMatchObject({ error: { code: 'ADDRESS_NOT_FOUND' } });
  });

  it('always have exactly one default for each purpose, if there are any', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const flags = fc.record({ defaultShipping: fc.boolean(), defaultBilling: fc.boolean() });
    const deed = fc.oneof(
      fc.tuple(fc.uuid(), flags).map(([fresh, wish]) => add(fresh, wish)),
      fc.tuple(id, flags).map(([known, wish]) => change(known, wish)),
      id.map(remove),
    );
    const start = fc.subarray(['a', 'b', 'c', 'd']).map((ids) => ids.map((known) => add(known)));
    fc.assert(
      fc.property(start, fc.array(deed, { maxLength: 12 }), (first, deeds) => {
        const book = after(...first, ...deeds);
        const { shipping, billing } = defaults(book);
        const one = Math.min(1, book.length);
        expect([shipping.length, billing.length]).toEqual([one, one]);
      }),
    );
  });
});
