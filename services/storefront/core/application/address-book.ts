import type { AddressesPage, AddressFormView, Entered } from '#contracts/pages/storefront.ts';
import { countriesOf } from '../domain/countries.ts';
import { enteredAddress, linesOf } from '../domain/address-text.ts';
import { formFaults } from '../domain/form-faults.ts';
import { hrefWith } from '../domain/links.ts';
import type { Address, AddressFields } from '../ports/shop.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
} from './visited.ts';

/** The addresses of a customer. An address of another one does not exist. */
export interface AddressBook {
  show(request: Request, customer: Customer, notice: string | undefined): Promise<Outcome>;
  showOne(request: Request, customer: Customer, addressId: string): Promise<Outcome>;
  /** @param entered to be shown again if it is refused */
  add(request: Request, customer: Customer, address: AddressFields, entered: Entered): Promise<Outcome>;
  /** @param entered to be shown again if it is refused */
  change(
    request: Request,
    customer: Customer,
    address: AddressFields & Pick<Address, 'addressId'>,
    entered: Entered,
  ): Promise<Outcome>;
  makeDefault(request: Request, customer: Customer, addressId: string): Promise<Outcome>;
  remove(request: Request, customer: Customer, addressId: string): Promise<Outcome>;
}

export interface AddressSettings {
  /** Countries to choose from, ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
}

const PATH = '/account/addresses';

const EMPTY: AddressFormView = { entered: {}, faults: [] };

const told = (notice: string | undefined): Outcome => see(hrefWith(PATH, [['notice', notice]]));

export const makeAddressBook = (pages: Pages, settings: AddressSettings): AddressBook => {
  const show = async (
    request: Request,
    { userId }: Customer,
    notice: string | undefined,
    addressForm: AddressFormView,
  ): Promise<Outcome> => {
    const now = visited(pages, { ...request, path: PATH });
    const { shop, format } = now;
    const [addresses, visitor] = await Promise.all([shop.addresses(userId), visitorOf(now)]);
    const page: AddressesPage = {
      kind: 'addresses',
      notice,
      addresses: addresses.map((address) => ({
        addressId: address.addressId,
        lines: linesOf(address, format),
        isDefault: address.isDefault,
      })),
      addressForm,
      countries: countriesOf(settings.countries, format),
    };
    return framed(now, page, { visitor });
  };
  const showOne = async (
    request: Request,
    addressId: string,
    addressForm: AddressFormView,
  ): Promise<Outcome> => {
    const now = visited(pages, { ...request, path: `${PATH}/${addressId}` });
    const countries = countriesOf(settings.countries, now.format);
    const visitor = await visitorOf(now);
    return framed(now, { kind: 'address', addressId, addressForm, countries }, { visitor });
  };
  const find = async (
    request: Request,
    { userId }: Customer,
    addressId: string,
  ): Promise<Address | undefined> =>
    (await visited(pages, request).shop.addresses(userId)).find((one) => one.addressId === addressId);
  return {
    show: (request, customer, notice) => show(request, customer, notice, EMPTY),
    showOne: async (request, customer, addressId) => {
      const address = await find(request, customer, addressId);
      return address && showOne(request, addressId, { entered: enteredAddress(address), faults: [] });
    },
    add: async (request, customer, address, entered) => {
      const added = await visited(pages, request).shop.addAddress(customer.userId, address);
      if (added.ok) return told('SAVED');
      return show(request, customer, undefined, { entered, faults: formFaults(added.error) });
    },
    change: async (request, customer, address, entered) => {
      const { shop } = visited(pages, request);
      const changed = await shop.changeAddress(customer.userId, { ...address, isDefault: false });
      if (changed.ok) return told('SAVED');
      const { code } = changed.error;
      if (code === 'ADDRESS_NOT_FOUND') return told(code);
      return showOne(request, address.addressId, { entered, faults: formFaults(changed.error) });
    },
    makeDefault: async (request, customer, addressId) => {
      const address = await find(request, customer, addressId);
      if (!address) return told('ADDRESS_NOT_FOUND');
      const { shop } = visited(pages, request);
      const changed = await shop.changeAddress(customer.userId, { ...address, isDefault: true });
      return told(changed.ok ? 'SAVED' : changed.error.code);
    },
    remove: async (request, customer, addressId) => {
      const removed = await visited(pages, request).shop.removeAddress(customer.userId, addressId);
      return told(removed.ok ? 'REMOVED' : removed.error.code);
    },
  };
};
