import { money } from '#kernel/money.ts';
import { describe, expect, it } from 'vitest';
import { RETURN } from '../../test/fake-returns.ts';
import { OAK, order, ORDER } from '../../test/fake-shop.ts';
import { fakePages, guest, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeReturnPages } from './returns.ts';
import { makeShowOrder } from './show-order.ts';

const WISH = {
  lines: [{ variantId: OAK, quantity: 1, reason: 'damaged' }],
  comment: 'It is broken.',
  seen: 0,
} as const;
const until = new Date('2026-04-01T12:00:00Z');
const delivered: Partial<Shop> = {
  order: () =>
    Promise.resolve({
      ...order,
      status: 'delivered',
      returnable: { until, lines: [{ variantId: OAK, quantity: 2 }] },
    }),
};
const SETTINGS = { countries: ['DE'], paymentUrl: () => 'https://pay.example' };
const shownBy = (request = signedIn, changes: Partial<Shop> = delivered) =>
  makeShowOrder(fakePages(changes).pages)(request, ORDER, { isNew: false, notice: undefined });

describe('the page of an order', () => {
  it('offers what can be sent back, and shows what is', async () => {
    expect(pageOf(await shownBy(), 'order')).toMatchObject({
      returnForm: { until: '1 April 2026', seen: 1, lines: [{ variantId: OAK, most: 2 }] },
      returns: [{ number: RETURN.number, cancelHref: `/orders/${ORDER}/returns/${RETURN.returnId}/cancel` }],
    });
  });

  it('offers nothing before the delivery', async () => {
    expect(pageOf(await shownBy(signedIn, {}), 'order')).toMatchObject({
      returnForm: undefined,
      returns: [],
    });
  });
});

describe('a return', () => {
  it('is asked for by customers and guests, and leads back to the order', async () => {
    const { pages, commands } = fakePages();
    for (const request of [signedIn, guest])
      expect(await makeReturnPages(pages, SETTINGS).request(request, ORDER, WISH)).toMatchObject({
        to: `/orders/${ORDER}?notice=RETURN_REQUESTED`,
      });
    expect(commands[0]).toEqual(['requestReturn', ORDER, WISH]);
  });

  it('without any units is not asked for', async () => {
    const { pages, commands } = fakePages();
    const outcome = await makeReturnPages(pages, SETTINGS).request(signedIn, ORDER, { ...WISH, lines: [] });
    expect(outcome).toMatchObject({ to: `/orders/${ORDER}?notice=NOTHING_CHOSEN` });
    expect(commands).toEqual([]);
  });

  it('is called off, or says why not', async () => {
    const { pages } = fakePages();
    const cancel = (returnId: string) => makeReturnPages(pages, SETTINGS).cancel(signedIn, ORDER, returnId);
    expect(await cancel(RETURN.returnId)).toMatchObject({ to: `/orders/${ORDER}?notice=RETURN_CANCELLED` });
    expect(await cancel(ORDER)).toMatchObject({ to: `/orders/${ORDER}?notice=RETURN_NOT_FOUND` });
  });

  it('is listed in the account', async () => {
    const { pages } = fakePages();
    const customer = signedIn.customer;
    if (!customer) throw new Error('a customer is signed in');
    const outcome = await makeReturnPages(pages, SETTINGS).showOwn(signedIn, customer, undefined, undefined);
    expect(pageOf(outcome, 'returns').returns).toMatchObject([
      { number: RETURN.number, orderHref: `/orders/${ORDER}`, state: 'approved' },
    ]);
  });
});

describe('an exchange for goods that cost more', () => {
  const offer = { names: ['Desk lamp (Brass)'], due: money(298, 'EUR'), until };
  const offered: Partial<Shop> = {
    ...delivered,
    returnsOf: () => Promise.resolve([{ ...RETURN, state: 'awaiting_payment', offer }]),
  };
  const FIELDS = { payment_token: 'tok_1', expected_total: '2.98', currency: 'EUR' };

  it('is offered on the page of the order, and paid with a card that was entered', async () => {
    expect(pageOf(await shownBy(signedIn, offered), 'order').returns).toMatchObject([
      {
        offer: {
          names: ['Desk lamp (Brass)'],
          due: '€2.98',
          until: '1 April 2026',
          cardHref: `/orders/${ORDER}/returns/${RETURN.returnId}/card`,
          payment: undefined,
        },
      },
    ]);
    const card = { returnId: RETURN.returnId, paymentToken: 'tok_1', card: 'visa 4242' };
    const show = makeShowOrder(fakePages(offered).pages);
    const shown = await show(signedIn, ORDER, { isNew: false, notice: undefined, card });
    expect(pageOf(shown, 'order').returns).toMatchObject([
      { offer: { payment: { card: 'Visa 4242', fields: FIELDS } } },
    ]);
  });

  it('leads to the payment gateway, and back to the order', () => {
    const to = `/orders/${ORDER}?exchange=${RETURN.returnId}`;
    expect(makeReturnPages(fakePages().pages, SETTINGS).enterCard(guest, ORDER, RETURN.returnId)).toEqual({
      kind: 'see',
      to: `https://pay.example/pay?return_to=${encodeURIComponent(to)}&language=en`,
    });
  });

  it('is paid at the amount that was shown, or says why not', async () => {
    const { pages, commands } = fakePages();
    const payment = { paymentToken: 'tok_1', expectedTotal: '2.98', currency: 'EUR' };
    const { pay } = makeReturnPages(pages, SETTINGS);
    expect(await pay(signedIn, ORDER, RETURN.returnId, payment)).toMatchObject({
      to: `/orders/${ORDER}?notice=EXCHANGE_PAID`,
    });
    expect(commands).toEqual([
      ['payExchange', ORDER, RETURN.returnId, { paymentToken: 'tok_1', total: money(298, 'EUR') }],
    ]);
    expect(await pay(signedIn, ORDER, OAK, payment)).toMatchObject({
      to: `/orders/${ORDER}?notice=RETURN_NOT_FOUND`,
    });
    const odd = { ...payment, expectedTotal: '2.985' };
    expect(await pay(signedIn, ORDER, RETURN.returnId, odd)).toMatchObject({
      to: `/orders/${ORDER}?notice=PRICE_CHANGED`,
    });
  });
});
