import type { CheckoutPage, CheckoutSummary, Entered } from '#contracts/pages/storefront.ts';
import { normalizeEmail } from '#kernel/email.ts';
import { parseMoney, type Money } from '#kernel/money.ts';
import { countriesOf } from '../domain/countries.ts';
import { faultsOf } from '../domain/draft.ts';
import { formFaults } from '../domain/form-faults.ts';
import { cardText, decimalText, type Format } from '../domain/format.ts';
import { hrefWith } from '../domain/links.ts';
import { linesOf } from '../domain/address-text.ts';
import type { Address, AddressFields, DeliveryOption, Draft, Quote } from '../ports/shop.ts';
import {
  cartIdOf,
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
  addressId: string | undefined,
  choices: Choices,
  format: Format,
): CheckoutSummary => {
  const { paymentToken, card, seenTotal } = choices;
  const needsCard = option.total.minor > 0;
  const chosen = onlyGiven({ address: addressId, delivery: option.optionId });
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

/** Whether the shop keeps addresses for the visitor. */
const hasAccount = ({ customer, visit }: Request): boolean => customer !== undefined && !visit.isOfProvider;

/** Where to deliver: to an address of the account, or to the one that was entered by a guest or a customer without an account. */
interface Destination {
  readonly saved: readonly Address[];
  readonly addressId: string | undefined;
  readonly address: AddressFields | undefined;
}

const destinationOf = async (
  { request, shop }: Visited,
  addressId: string | undefined,
): Promise<Destination> => {
  const { customer, visit } = request;
  if (!customer || !hasAccount(request))
    return { saved: [], addressId: undefined, address: visit.draft?.address };
  const saved = await shop.addresses(customer.userId);
  const address = chosenOf(saved, addressId);
  return { saved, addressId: address?.addressId, address };
};

const chosenOf = (addresses: readonly Address[], addressId: string | undefined): Address | undefined =>
  addresses.find((one) => one.addressId === addressId) ??
  addresses.find(({ isDefault }) => isDefault) ??
  addresses[0];

/** The form of a guest shows what they have entered. */
const formOf = ({ draft }: Request['visit']): Form => {
  const { email, address } = draft ?? {};
  const { postalCode, ...fields } = address ?? {};
  return { entered: onlyGiven({ email, ...fields, ...Object.fromEntries([['postal_code', postalCode]]) }), faults: [] }; // prettier-ignore
};

export const makeShowCheckout =
  (pages: Pages, settings: CheckoutSettings) =>
  async (request: Request, choices: Choices, addressForm: Form = formOf(request.visit)): Promise<Outcome> => {
    const now = visited(pages, request);
    const { shop, format } = now;
    const [destination, visitor] = await Promise.all([destinationOf(now, choices.addressId), visitorOf(now)]);
    if (visitor.cartCount === 0) return see('/cart?notice=CART_EMPTY');
    const { saved, addressId, address } = destination;
    const quoted = address && (await shop.quote(address));
    if (quoted && !quoted.ok && OF_CART.includes(quoted.error.code))
      return see(`/cart?notice=${quoted.error.code}`);
    const quote = quoted?.ok === true ? quoted.value : undefined;
    const option = quote?.options.find(({ optionId }) => optionId === choices.optionId) ?? quote?.options[0];
    const short = new Map(quote?.issues.map(({ itemId, available }) => [itemId, available]));
    const { draft } = request.visit;
    const page: CheckoutPage = {
      kind: 'checkout',
      notice: choices.notice,
      isGuest: request.customer === undefined,
      entered:
        hasAccount(request) || !draft
          ? undefined
          : { email: draft.email, lines: linesOf(draft.address, format) },
      addresses: saved.map((one) => ({ addressId: one.addressId, lines: linesOf(one, format) })),
      addressId,
      addressForm,
      countries: countriesOf(settings.countries, format),
      lines: quote
        ? quote.items.map(({ itemId, name, quantity, total }) => ({
            name,
            quantity,
            total: format.price(total),
            shortOf: short.get(itemId),
          }))
        : await cartLines(now),
      deliveries: (quote?.options ?? []).map((one) => ({
        optionId: one.optionId,
        carrier: one.carrier,
        service: one.service,
        price: format.price(one.price),
        date: format.day(one.expected),
      })),
      refusal: quoted?.ok === false ? quoted.error.code : undefined,
      summary: quote && option && summaryOf(quote, option, addressId, choices, format),
    };
    return framed(now, page, { visitor });
  };

const cartLines = async ({ request, shop, format }: Visited): Promise<CheckoutPage['lines']> => {
  const cartId = cartIdOf(request);
  const items = cartId === undefined ? [] : (await shop.cart(cartId)).items;
  return items.map(({ name, quantity, total }) => ({
    name,
    quantity,
    total: format.price(total),
    shortOf: undefined,
  }));
};

const NO_CHOICES: Choices = {
  addressId: undefined,
  optionId: undefined,
  paymentToken: undefined,
  card: undefined,
  seenTotal: undefined,
  notice: undefined,
};

/** Adds an address to the account, if there is one; shows the form again with its faults if it is not valid in its country. */
export const makeAddCheckoutAddress =
  (pages: Pages, settings: CheckoutSettings) =>
  async (
    request: Request,
    customer: Customer,
    address: AddressFields,
    entered: Entered,
  ): Promise<Outcome> => {
    if (!hasAccount(request))
      return keepDraft(pages, settings, request, { email: customer.email, address }, entered);
    const added = await visited(pages, request).shop.addAddress(customer.userId, address);
    if (added.ok) return see(hrefOf({ ...NO_CHOICES, addressId: added.value.addressId }));
    const faults = formFaults(added.error);
    return makeShowCheckout(pages, settings)({ ...request, path: PATH }, NO_CHOICES, { entered, faults });
  };

/** Keeps an address to which the shop must be able to deliver; shows the form again with its faults if it is not. */
const keepDraft = async (
  pages: Pages,
  settings: CheckoutSettings,
  request: Request,
  draft: Draft,
  entered: Entered,
): Promise<Outcome> => {
  const ownFaults = faultsOf(draft);
  const quoted = ownFaults.length === 0 ? await visited(pages, request).shop.quote(draft.address) : undefined;
  if (quoted && (quoted.ok || OF_CART.includes(quoted.error.code))) return see(PATH, { draft });
  const faults = quoted ? formFaults(quoted.error) : ownFaults;
  return makeShowCheckout(pages, settings)({ ...request, path: PATH }, NO_CHOICES, { entered, faults });
};

/** Keeps the address of a guest. */
export const makeEnterGuest =
  (pages: Pages, settings: CheckoutSettings) =>
  async (request: Request, { email, address }: Draft, entered: Entered): Promise<Outcome> =>
    request.customer
      ? see(PATH)
      : keepDraft(pages, settings, request, { email: normalizeEmail(email), address }, entered);

/** Leads to the payment gateway, which returns to a page of the shop with a token in place of the card. */
export const toGateway = (
  { paymentUrl }: Pick<CheckoutSettings, 'paymentUrl'>,
  { visit }: Request,
  returnTo: string,
): Outcome =>
  see(
    hrefWith(`${paymentUrl()}/pay`, [
      ['return_to', `${visit.origin ?? ''}${returnTo}`],
      ['language', visit.language],
    ]),
  );

export const makeEnterCard =
  (settings: CheckoutSettings) =>
  (request: Request, choices: Choices): Outcome =>
    toGateway(settings, request, hrefOf({ ...choices, paymentToken: undefined, card: undefined }));

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
  async (request: Request, order: Order): Promise<Outcome> => {
    const now = visited(pages, request);
    const { saved, address } = await destinationOf(now, order.addressId);
    const again = (notice: string): Outcome =>
      see(hrefOf({ ...order, seenTotal: order.expectedTotal, notice }));
    const isChosen = !hasAccount(request) || saved.some((one) => one.addressId === order.addressId);
    if (!address || !isChosen || order.optionId === undefined) return again('INVALID_ADDRESS');
    const total = parseMoney(Number(order.expectedTotal), order.currency);
    if (!total.ok) return again('PRICE_CHANGED');
    const placed = await now.shop.placeOrder({
      cartVersion: order.cartVersion,
      address,
      optionId: order.optionId,
      total: total.value,
      quoteToken: order.quoteToken,
      paymentToken: order.paymentToken,
      email: request.customer ? undefined : request.visit.draft?.email,
    });
    if (placed.ok) {
      const { orderId, token } = placed.value;
      return see(
        `/orders/${orderId}?placed=1`,
        token === undefined ? undefined : { order: token, draft: null },
      );
    }
    const { code } = placed.error;
    if (code === 'CART_ALREADY_ORDERED')
      return see(`${request.customer ? '/account' : '/cart'}?notice=${code}`);
    return OF_CART.includes(code) ? see(`/cart?notice=${code}`) : again(code);
  };
