import type { CheckoutPage, CheckoutSummary, Entered, FormFault } from '#contracts/pages/storefront.ts';
import { money, parseMoney, type Money } from '#kernel/money.ts';
import { cardText, decimalText, type Format } from '../domain/format.ts';
import { hrefWith } from '../domain/links.ts';
import { linesOf } from '../domain/order-page.ts';
import type { Address, AddressFields, DeliveryOption, NewOrder, Quote } from '../ports/shop.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
  type Visited,
} from './visited.ts';

/** What the visitor has chosen on the checkout page so far. */
export interface Choices {
  readonly addressId: string | undefined;
  readonly optionId: string | undefined;
  readonly paymentToken: string | undefined;
  /** What to show of the card. */
  readonly card: string | undefined;
  /** Decimal. */
  readonly seenTotal: string | undefined;
  readonly notice: string | undefined;
}

export interface CheckoutSettings {
  /** Countries to choose from, ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** The payment gateway's address. */
  readonly paymentUrl: () => string;
}

const PATH = '/checkout';

const hrefOf = (choices: Choices): string =>
  hrefWith(PATH, [
    ['address', choices.addressId],
    ['delivery', choices.optionId],
    ['payment_token', choices.paymentToken],
    ['card', choices.card],
    ['seen_total', choices.seenTotal],
    ['notice', choices.notice],
  ]);

const onlyGiven = (fields: Readonly<Record<string, string | undefined>>): Entered =>
  Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
  );

/** Refusals of the quote about the cart, which the cart's page explains. */
const OF_CART = ['CART_EMPTY', 'ITEM_NOT_SOLD', 'CURRENCY_MISMATCH'];

const changedFrom = (seen: string | undefined, total: Money, format: Format): string | undefined => {
  if (seen === undefined || seen === decimalText(total)) return undefined;
  const before = parseMoney(Number(seen), total.currency);
  return before.ok ? format.price(before.value) : undefined;
};

const summaryOf = (
  quote: Quote,
  option: DeliveryOption,
  addressId: string,
  choices: Choices,
  format: Format,
): CheckoutSummary => {
  const { paymentToken, card, seenTotal } = choices;
  const needsCard = option.total.minor > 0;
  const chosen = { address: addressId, delivery: option.optionId };
  const total = decimalText(option.total);
  return {
    optionId: option.optionId,
    subtotal: format.price(quote.subtotal),
    delivery: format.price(option.price),
    tax: format.price(option.tax),
    pricesIncludeTax: quote.pricesIncludeTax,
    total: format.price(option.total),
    changedFrom: changedFrom(seenTotal, option.total, format),
    canPlace: quote.issues.length === 0,
    card: paymentToken === undefined ? undefined : cardText(card ?? ''),
    needsCard,
    order: onlyGiven(
      Object.fromEntries([
        ...Object.entries(chosen),
        ['cart_version', String(quote.cartVersion)],
        ['expected_total', total],
        ['currency', quote.currency],
        ['quote_token', quote.token],
        ['payment_token', needsCard ? paymentToken : undefined],
        ['card', card],
      ]),
    ),
    toCard: Object.fromEntries([...Object.entries(chosen), ['seen_total', total]]),
  };
};

type Form = CheckoutPage['addressForm'];

const NO_FORM: Form = { entered: {}, faults: [] };

export const makeShowCheckout =
  (pages: Pages, settings: CheckoutSettings) =>
  async (
    request: Request,
    customer: Customer,
    choices: Choices,
    addressForm: Form = NO_FORM,
  ): Promise<Outcome> => {
    const now = visited(pages, request);
    const { shop, format } = now;
    const [addresses, visitor] = await Promise.all([shop.addresses(customer.userId), visitorOf(now)]);
    if (visitor.cartCount === 0) return see('/cart?notice=CART_EMPTY');
    const address = chosenOf(addresses, choices.addressId);
    const quoted = address && (await shop.quote(address));
    if (quoted && !quoted.ok && OF_CART.includes(quoted.error.code))
      return see(`/cart?notice=${quoted.error.code}`);
    const quote = quoted?.ok === true ? quoted.value : undefined;
    const option = quote?.options.find(({ optionId }) => optionId === choices.optionId) ?? quote?.options[0];
    const short = new Map(quote?.issues.map(({ itemId, available }) => [itemId, available]));
    const page: CheckoutPage = {
      kind: 'checkout',
      notice: choices.notice,
      addresses: addresses.map((one) => ({ addressId: one.addressId, lines: linesOf(one, format) })),
      addressId: address?.addressId,
      addressForm,
      countries: countriesOf(settings.countries, format),
      lines: quote
        ? quote.items.map(({ itemId, name, quantity, total }) => ({
            name,
            quantity,
            total: format.price(total),
            shortOf: short.get(itemId),
          }))
        : await cartLines(now, customer),
      deliveries: (quote?.options ?? []).map((one) => ({
        optionId: one.optionId,
        carrier: one.carrier,
        service: one.service,
        price: format.price(one.price),
        date: format.day(one.expected),
      })),
      refusal: quoted?.ok === false ? quoted.error.code : undefined,
      summary: quote && option && address && summaryOf(quote, option, address.addressId, choices, format),
    };
    return framed(now, page, { visitor });
  };

const cartLines = async ({ shop, format }: Visited, { userId }: Customer): Promise<CheckoutPage['lines']> =>
  (await shop.cart(userId)).items.map(({ name, quantity, total }) => ({
    name,
    quantity,
    total: format.price(total),
    shortOf: undefined,
  }));

const chosenOf = (addresses: readonly Address[], addressId: string | undefined): Address | undefined =>
  addresses.find((one) => one.addressId === addressId) ??
  addresses.find(({ isDefault }) => isDefault) ??
  addresses[0];

const countriesOf = (codes: readonly string[], format: Format): CheckoutPage['countries'] =>
  codes
    .map((code) => ({ code, name: format.country(code) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));

const NO_CHOICES: Choices = {
  addressId: undefined,
  optionId: undefined,
  paymentToken: undefined,
  card: undefined,
  seenTotal: undefined,
  notice: undefined,
};

/** Adds an address to the account; shows the form again with its faults if it is not valid in its country. */
export const makeAddCheckoutAddress =
  (pages: Pages, settings: CheckoutSettings) =>
  async (
    request: Request,
    customer: Customer,
    address: AddressFields,
    entered: Entered,
  ): Promise<Outcome> => {
    const added = await visited(pages, request).shop.addAddress(customer.userId, address);
    if (added.ok) return see(hrefOf({ ...NO_CHOICES, addressId: added.value.addressId }));
    const { code, errors } = added.error;
    const faults: readonly FormFault[] =
      errors.length === 0
        ? [{ field: undefined, message: code }]
        : errors.map(({ pointer, message }) => ({ field: pointer.split('/').at(-1), message }));
    return makeShowCheckout(pages, settings)({ ...request, path: PATH }, customer, NO_CHOICES, {
      entered,
      faults,
    });
  };

/** Leads to the payment gateway, which returns to the checkout with a token in place of the card. */
export const makeEnterCard =
  ({ paymentUrl }: CheckoutSettings) =>
  ({ visit }: Request, choices: Choices): Outcome => {
    const returnTo = `${visit.origin ?? ''}${hrefOf({ ...choices, paymentToken: undefined, card: undefined })}`;
    return see(
      hrefWith(`${paymentUrl()}/pay`, [
        ['return_to', returnTo],
        ['language', visit.language],
      ]),
    );
  };

export interface Order extends Choices {
  readonly cartVersion: number;
  readonly currency: string;
  /** Decimal. */
  readonly expectedTotal: string;
  readonly quoteToken: string | undefined;
}

/** Places the order; if the shop refuses it, the checkout says why, with the prices and stock of that moment. */
export const makePlaceOrder =
  (pages: Pages) =>
  async (request: Request, customer: Customer, order: Order): Promise<Outcome> => {
    const { shop } = visited(pages, request);
    const address = (await shop.addresses(customer.userId)).find((one) => one.addressId === order.addressId);
    const again = (notice: string): Outcome =>
      see(hrefOf({ ...order, seenTotal: order.expectedTotal, notice }));
    if (!address || order.optionId === undefined) return again('INVALID_ADDRESS');
    const total = parseMoney(Number(order.expectedTotal), order.currency);
    const placed = await shop.placeOrder({
      cartVersion: order.cartVersion,
      address,
      optionId: order.optionId,
      total: total.ok ? total.value : money(0, order.currency),
      quoteToken: order.quoteToken,
      paymentToken: order.paymentToken,
    } satisfies NewOrder);
    if (placed.ok) return see(`/orders/${placed.value.orderId}?placed=1`);
    const { code } = placed.error;
    if (code === 'CART_ALREADY_ORDERED') return see(`/account?notice=${code}`);
    return OF_CART.includes(code) ? see(`/cart?notice=${code}`) : again(code);
  };
