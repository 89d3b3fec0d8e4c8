import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { ok } from '#kernel/result.ts';
import { address, ADDRESS, ITEM, order, ORDER, quote, refusal } from '../../test/fake-shop.ts';
import { customer, fakePages, guest, guestWithCart, ofProvider, pageOf, signedIn } from '../../test/pages.ts';
import type { NewOrder, Shop } from '../ports/shop.ts';
import {
  makeAddCheckoutAddress,
  makeEnterCard,
  makeEnterGuest,
  makePlaceOrder,
  makeShowCheckout,
  type Choices,
} from './checkout.ts';

const SETTINGS = { countries: ['DE', 'AT'], paymentUrl: () => 'https://pay.example' };
const OTHER = { ...address, addressId: 'other', isDefault: false, city: 'Hamburg' };
const NOTHING: Choices = {
  addressId: undefined,
  optionId: undefined,
  paymentToken: undefined,
  card: undefined,
  seenTotal: undefined,
  notice: undefined,
};

const show = (changes: Partial<Shop> = {}, choices: Partial<Choices> = {}, request = signedIn) =>
  makeShowCheckout(fakePages(changes).pages, SETTINGS)(request, { ...NOTHING, ...choices });

const shown = async (changes: Partial<Shop> = {}, choices: Partial<Choices> = {}) =>
  pageOf(await show(changes, choices), 'checkout');

describe('the checkout', () => {
  it.each<[string, Partial<Choices>, readonly (typeof address)[], string | undefined]>([
    ['the chosen address', { addressId: 'other' }, [address, OTHER], 'other'],
    ['the default address', {}, [OTHER, address], ADDRESS],
    ['the first address if none is the default', {}, [OTHER], 'other'],
    ['the default one in place of an unknown address', { addressId: 'x' }, [OTHER, address], ADDRESS],
    ['no address if the account has none', {}, [], undefined],
  ])('delivers to %s', async (_, choices, addresses, addressId) => {
    const page = await shown({ addresses: () => Promise.resolve(addresses) }, choices);
    expect(page.addressId).toBe(addressId);
  });

  it('shows the cart until an address is known', async () => {
    const page = await shown({ addresses: () => Promise.resolve([]) });
    expect(page.lines).toEqual([
      { name: 'Desk lamp (Oak)', quantity: 2, total: '€99.80', shortOf: undefined },
    ]);
    expect(page).toMatchObject({ deliveries: [], refusal: undefined, summary: undefined });
  });

  it('offers the countries by their names', async () => {
    expect((await shown()).countries).toEqual([
      { code: 'AT', name: 'Austria' },
      { code: 'DE', name: 'Germany' },
    ]);
  });

  it.each([
    [undefined, 'dhl:standard', '€121.41'],
    ['dhl:express', 'dhl:express', '€130.70'],
    ['dhl:unknown', 'dhl:standard', '€121.41'],
  ])('with the delivery %j chosen sums up %s', async (wanted, optionId, total) => {
    expect((await shown({}, { optionId: wanted })).summary).toMatchObject({ optionId, total });
  });

  it('has no summary while there is no delivery', async () => {
    const page = await shown({ quote: () => Promise.resolve(ok({ ...quote, options: [] })) });
    expect(page.summary).toBeUndefined();
  });

  it('says what there is too little of, and places no order then', async () => {
    const issues = [{ itemId: ITEM, available: 1 }];
    const page = await shown({ quote: () => Promise.resolve(ok({ ...quote, issues })) });
    expect(page.lines).toMatchObject([{ quantity: 2, shortOf: 1 }]);
    expect(page.summary?.canPlace).toBe(false);
  });

  it('says why nothing can be sent to an address', async () => {
    const page = await shown({ quote: () => Promise.resolve(refusal('NOT_DELIVERABLE')) });
    expect(page).toMatchObject({ refusal: 'NOT_DELIVERABLE', lines: [{ quantity: 2 }], summary: undefined });
  });

  it.each(['CART_EMPTY', 'ITEM_NOT_SOLD', 'CURRENCY_MISMATCH'])(
    'leaves it to the cart to explain %s',
    async (code) => {
      expect(await show({ quote: () => Promise.resolve(refusal(code)) })).toEqual({
        kind: 'see',
        to: `/cart?notice=${code}`,
      });
    },
  );

  it.each([
    [undefined, undefined],
    ['121.41', undefined],
    ['99.00', '€99.00'],
    ['99.001', undefined],
  ])('after a total of %j was seen shows the change from %j', async (seenTotal, changedFrom) => {
    expect((await shown({}, { seenTotal })).summary?.changedFrom).toBe(changedFrom);
  });

  it('keeps a card that was entered in the form of the order', async () => {
    const { summary } = await shown({}, { paymentToken: 'tok_1', card: 'visa 4242' });
    expect(summary).toMatchObject({
      card: 'Visa 4242',
      needsCard: true,
      order: { payment_token: 'tok_1', card: 'visa 4242', expected_total: '121.41' },
    });
  });

  it('accepts a card of which nothing can be shown', async () => {
    const { summary } = await shown({}, { paymentToken: 'tok_1' });
    expect(summary?.card).toBe('');
    expect(summary?.order).not.toHaveProperty('card');
  });

  it('needs no card for an order that costs nothing', async () => {
    const options = quote.options.map((option) => ({ ...option, total: money(0, 'EUR') }));
    const { summary } = await shown(
      { quote: () => Promise.resolve(ok({ ...quote, options })) },
      { paymentToken: 'tok_1' },
    );
    expect(summary?.needsCard).toBe(false);
    expect(summary?.order).not.toHaveProperty('payment_token');
  });
});

const { addressId: _, isDefault: __, ...FIELDS } = address;
const DRAFT = { email: 'gail@example.com', address: FIELDS };
const guestWithDraft = { ...guestWithCart, visit: { ...guestWithCart.visit, draft: DRAFT } };

describe('the checkout of a guest', () => {
  it('asks for the address first', async () => {
    const page = pageOf(await show({}, {}, guestWithCart), 'checkout');
    expect(page).toMatchObject({ isGuest: true, entered: undefined, addresses: [], deliveries: [] });
    expect(page.lines).toMatchObject([{ quantity: 2 }]);
  });

  it('delivers to the address that was entered, which can be changed', async () => {
    const page = pageOf(await show({}, {}, guestWithDraft), 'checkout');
    expect(page.entered).toMatchObject({ email: 'gail@example.com', lines: ['Sam Shopper', 'Karl-Marx-Allee 1', '10178 Berlin', 'Germany'] }); // prettier-ignore
    expect(page.summary).toMatchObject({ optionId: 'dhl:standard', order: { cart_version: '3' } });
    expect(page.summary?.order).not.toHaveProperty('address');
    expect(page.addressForm.entered).toMatchObject({ email: 'gail@example.com', postal_code: '10178' });
  });

  it('needs a cart', async () => {
    expect(await show({}, {}, guest)).toEqual({ kind: 'see', to: '/cart?notice=CART_EMPTY' });
  });
});

describe('the address of a guest', () => {
  const ENTERED = { city: 'Berlin' };
  const enter = (draft: Partial<typeof DRAFT>, changes: Partial<Shop> = {}, request = guestWithCart) =>
    makeEnterGuest(fakePages(changes).pages, SETTINGS)(request, { ...DRAFT, ...draft }, ENTERED);

  it('is kept by the gateway once the shop can deliver to it', async () => {
    expect(await enter({ email: ' Gail@Example.com ' })).toEqual({
      kind: 'see',
      to: '/checkout',
      session: { draft: DRAFT },
    });
  });

  it.each([
    ['an address that is none', { email: 'gail' }, { field: 'email', message: 'INVALID_EMAIL' }],
    [
      'a link in place of a name',
      { address: { ...FIELDS, recipient: 'www.spam.example' } },
      { field: 'recipient', message: 'INVALID_NAME' },
    ],
    [
      'more than a cookie can hold',
      { address: { ...FIELDS, line2: '街'.repeat(500) } },
      { field: undefined, message: 'TOO_LONG' },
    ],
  ])('with %s is shown again', async (_case, draft, fault) => {
    const { addressForm } = pageOf(await enter(draft), 'checkout');
    expect(addressForm).toEqual({ entered: ENTERED, faults: [fault] });
  });

  it('that no carrier serves, or that its country does not have, is shown again', async () => {
    const errors = [{ pointer: '/shipping_address/postal_code', message: 'is not a postal code of DE' }];
    const refusing = { quote: () => Promise.resolve(refusal('INVALID_ADDRESS', { errors })) };
    const { addressForm } = pageOf(await enter({}, refusing), 'checkout');
    expect(addressForm.faults).toEqual([{ field: 'postal_code', message: 'is not a postal code of DE' }]);
  });

  it('is not taken from a customer, who has an account', async () => {
    expect(await enter({}, {}, signedIn)).toEqual({ kind: 'see', to: '/checkout' });
  });
});

const ORDERED = {
  ...NOTHING,
  addressId: ADDRESS,
  optionId: 'dhl:standard',
  cartVersion: 3,
  currency: 'EUR',
  expectedTotal: '121.41',
  quoteToken: 'quote-token',
};

describe('the checkout of a customer of the OIDC provider', () => {
  const withDraft = { ...ofProvider, visit: { ...ofProvider.visit, draft: DRAFT } };
  const noAccount = { addresses: () => Promise.reject(new Error('there is no such user')) };

  it('asks for the address, but not for who they are', async () => {
    const page = pageOf(await show(noAccount, {}, ofProvider), 'checkout');
    expect(page).toMatchObject({ isGuest: false, entered: undefined, addresses: [], deliveries: [] });
  });

  it('keeps the address as that of a guest, with the e-mail address of the provider', async () => {
    const { pages, commands } = fakePages(noAccount);
    const outcome = await makeAddCheckoutAddress(pages, SETTINGS)(ofProvider, customer, FIELDS, {});
    const draft = { email: customer.email, address: FIELDS };
    expect(outcome).toEqual({ kind: 'see', to: '/checkout', session: { draft } });
    expect(commands).toEqual([]);
  });

  it('delivers to it, and orders as the customer', async () => {
    const page = pageOf(await show(noAccount, {}, withDraft), 'checkout');
    expect(page.entered?.lines).toContain('10178 Berlin');
    expect(page.summary).toMatchObject({ optionId: 'dhl:standard' });
    const orders: NewOrder[] = [];
    const { pages } = fakePages({
      ...noAccount,
      placeOrder: (one) => {
        orders.push(one);
        return Promise.resolve(ok({ ...order, token: undefined }));
      },
    });
    const outcome = await makePlaceOrder(pages)(withDraft, { ...ORDERED, addressId: undefined });
    expect(outcome).toEqual({ kind: 'see', to: `/orders/${ORDER}?placed=1` });
    expect(orders).toMatchObject([{ address: DRAFT.address, email: undefined }]);
  });
});

describe('a new address', () => {
  const ENTERED = { city: 'Berlin' };
  const add = (changes: Partial<Shop> = {}) =>
    makeAddCheckoutAddress(fakePages(changes).pages, SETTINGS)(signedIn, customer, FIELDS, ENTERED);

  it('is chosen once it is added', async () => {
    expect(await add({ addAddress: () => Promise.resolve(ok(address)) })).toEqual({
      kind: 'see',
      to: `/checkout?address=${ADDRESS}`,
    });
  });

  it.each([
    [[], [{ field: undefined, message: 'TOO_MANY_ADDRESSES' }]],
    [[{ pointer: '/city', message: 'is too long' }], [{ field: 'city', message: 'is too long' }]],
  ])('that is refused with the faults %j keeps what was entered', async (errors, faults) => {
    const outcome = await add({
      addAddress: () => Promise.resolve(refusal('TOO_MANY_ADDRESSES', { errors })),
    });
    expect(pageOf(outcome, 'checkout').addressForm).toEqual({ entered: ENTERED, faults });
    expect(outcome).toMatchObject({ frame: { path: '/checkout' } });
  });
});

describe('entering a card', () => {
  it('returns with the choices, but without the card of before', () => {
    const choices = { ...NOTHING, optionId: 'dhl:express', paymentToken: 'tok_0', card: 'visa' };
    expect(makeEnterCard(SETTINGS)(guest, choices)).toEqual({
      kind: 'see',
      to: `https://pay.example/pay?return_to=${encodeURIComponent('/checkout?delivery=dhl%3Aexpress')}&language=en`,
    });
  });
});

describe('placing an order', () => {
  it('leads to the order', async () => {
    const { pages } = fakePages();
    expect(await makePlaceOrder(pages)(signedIn, ORDERED)).toEqual({
      kind: 'see',
      to: `/orders/${ORDER}?placed=1`,
    });
  });

  it('needs a delivery', async () => {
    const { pages, commands } = fakePages();
    const outcome = await makePlaceOrder(pages)(signedIn, { ...ORDERED, optionId: undefined });
    expect(outcome).toMatchObject({ to: expect.stringContaining('notice=INVALID_ADDRESS') });
    expect(commands).toEqual([]);
  });

  it('is not done for an amount that its currency does not have', async () => {
    const { pages, commands } = fakePages();
    const outcome = await makePlaceOrder(pages)(signedIn, { ...ORDERED, expectedTotal: '121.415' });
    expect(outcome).toMatchObject({ to: expect.stringContaining('notice=PRICE_CHANGED') });
    expect(commands).toEqual([]);
  });

  it('of a guest sends it to the address that they have entered, and lets their browser follow it', async () => {
    const placed = { ...order, token: `${ORDER}.1.x` };
    const orders: NewOrder[] = [];
    const { pages } = fakePages({
      placeOrder: (one) => {
        orders.push(one);
        return Promise.resolve(ok(placed));
      },
    });
    const outcome = await makePlaceOrder(pages)(guestWithDraft, { ...ORDERED, addressId: undefined });
    expect(outcome).toEqual({
      kind: 'see',
      to: `/orders/${ORDER}?placed=1`,
      session: { order: placed.token, draft: null },
    });
    expect(orders).toMatchObject([{ address: DRAFT.address, email: 'gail@example.com' }]);
  });
});
