import type { Entered } from '#contracts/pages/storefront.ts';
import type { AddressFields } from '../ports/values.ts';
import type { Format } from './format.ts';

/** An address as it is written on a parcel. */
export const linesOf = (address: AddressFields, format: Format): readonly string[] =>
  [
    address.recipient,
    address.line1,
    address.line2,
    [address.postalCode, address.city, address.region].filter(Boolean).join(' '),
    format.country(address.country),
  ].filter((line): line is string => line !== undefined && line !== '');

/** An address as it is entered in a form. */
export const enteredAddress = ({ postalCode, ...address }: AddressFields): Entered => {
  const { recipient, line1, line2 = '', city, region = '', country, phone = '' } = address;
  const fields = { recipient, line1, line2, city, region, country, phone };
  return { ...fields, ...Object.fromEntries([['postal_code', postalCode ?? '']]) };
};
