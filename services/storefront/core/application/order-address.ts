import type { AddressFormView, Entered, OrderAddressPage } from '#contracts/pages/storefront.ts';
import { enteredAddress } from '../domain/address-text.ts';
import { countriesOf } from '../domain/countries.ts';
import { formFaults } from '../domain/form-faults.ts';
import { hrefWith } from '../domain/links.ts';
import type { AddressFields, Order } from '../ports/shop.ts';
import type { AddressSettings } from './address-book.ts';
import { framed, see, visited, visitorOf, type Outcome, type Pages, type Request } from './visited.ts';

/** Customers, and guests with the token of their order, correct where it goes. */
export interface OrderAddressPages {
  show(request: Request, orderId: string): Promise<Outcome>;
  change(request: Request, orderId: string, change: AddressChange): Promise<Outcome>;
}

export interface AddressChange {
  /** Of the order that the form showed. */
  readonly version: number;
  readonly address: AddressFields;
  /** To be shown again if it is refused. */
  readonly entered: Entered;
}

/** Refusals that another address, or another look at the order, may mend. */
const MENDABLE = ['INVALID_ADDRESS', 'ADDRESS_CHANGES_PRICE', 'PRECONDITION_FAILED', 'VALIDATION_FAILED'];

const orderWith = (orderId: string, notice?: string): Outcome =>
  see(hrefWith(`/orders/${orderId}`, [['notice', notice]]));

export const makeOrderAddressPages = (pages: Pages, { countries }: AddressSettings): OrderAddressPages => {
  /** The form, while the order allows it; else its page, which says how things are. */
  const show = async (
    request: Request,
    orderId: string,
    formOf: (order: Order) => AddressFormView,
  ): Promise<Outcome> => {
    const now = visited(pages, { ...request, path: `/orders/${orderId}/address` });
    const [order, visitor] = await Promise.all([now.shop.order(orderId), visitorOf(now)]);
    if (!order) return orderWith(orderId);
    if (!order.canChangeAddress) return orderWith(orderId, 'ADDRESS_NOT_CHANGEABLE');
    const { number, version } = order;
    const page: OrderAddressPage = {
      kind: 'order-address',
      ...{ orderId, number, version },
      addressForm: formOf(order),
      countries: countriesOf(countries, now.format),
    };
    return framed(now, page, { visitor });
  };
  return {
    show: (request, orderId) =>
      show(request, orderId, ({ address }) => ({ entered: enteredAddress(address), faults: [] })),
    change: async (request, orderId, { version, address, entered }) => {
      const { shop } = visited(pages, request);
      const changed = await shop.changeOrderAddress(orderId, version, address);
      if (changed.ok)
        return orderWith(orderId, changed.value.requestedAddress ? 'ADDRESS_REQUESTED' : 'ADDRESS_CHANGED');
      const { code } = changed.error;
      if (!MENDABLE.includes(code)) return orderWith(orderId, code);
      const refusal =
        code === 'PRECONDITION_FAILED' ? { ...changed.error, code: 'ORDER_CHANGED' } : changed.error;
      return show(request, orderId, () => ({ entered, faults: formFaults(refusal) }));
    },
  };
};
