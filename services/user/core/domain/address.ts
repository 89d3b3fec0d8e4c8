import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

export const MOST_ADDRESSES = 20;

export interface PostalAddress {
  readonly recipient: string;
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly region?: string;
  /** Empty where there is none. */
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone?: string;
}

/** An address as entered by a user. */
export interface AddressDraft {
  readonly postal: PostalAddress;
  /** Requested as the default; a default remains one until another replaces it. */
  readonly defaultShipping: boolean;
  readonly defaultBilling: boolean;
}

export interface Address extends AddressDraft {
  readonly addressId: string;
}

/** In the order of creation. If there are any, exactly one is the default for each purpose. */
export type AddressBook = readonly Address[];

export type TooManyAddresses = Refusal<'TOO_MANY_ADDRESSES'>;
export type NoSuchAddress = Refusal<'ADDRESS_NOT_FOUND'>;

const NOT_FOUND = refuse('ADDRESS_NOT_FOUND', 'There is no such address.');

/** Ensures one default per purpose: `wanted`, or the current one, or the oldest address. */
const settleDefaults = (book: AddressBook, wanted?: Address): AddressBook => {
  const chosen = (purpose: 'defaultShipping' | 'defaultBilling'): string | undefined =>
    (wanted?.[purpose] === true ? wanted : (book.find((address) => address[purpose]) ?? book[0]))?.addressId;
  const shipping = chosen('defaultShipping');
  const billing = chosen('defaultBilling');
  return book.map((address) => ({
    ...address,
    defaultShipping: address.addressId === shipping,
    defaultBilling: address.addressId === billing,
  }));
};

export const addAddress = (
  book: AddressBook,
  draft: AddressDraft,
  addressId: string,
): Result<AddressBook, TooManyAddresses> => {
  if (book.length >= MOST_ADDRESSES)
    return refuse('TOO_MANY_ADDRESSES', `An account has at most ${MOST_ADDRESSES} addresses.`);
  const added = { ...draft, addressId };
  return ok(settleDefaults([...book, added], added));
};

export const changeAddress = (
  book: AddressBook,
  addressId: string,
  draft: AddressDraft,
): Result<AddressBook, NoSuchAddress> => {
  const known = book.find((address) => address.addressId === addressId);
  if (!known) return NOT_FOUND;
  const changed = {
    addressId,
    postal: draft.postal,
    defaultShipping: draft.defaultShipping || known.defaultShipping,
    defaultBilling: draft.defaultBilling || known.defaultBilling,
  };
  return ok(
    settleDefaults(
      book.map((address) => (address === known ? changed : address)),
      changed,
    ),
  );
};

export const removeAddress = (book: AddressBook, addressId: string): Result<AddressBook, NoSuchAddress> => {
  const left = book.filter((address) => address.addressId !== addressId);
  return left.length < book.length ? ok(settleDefaults(left)) : NOT_FOUND;
};
