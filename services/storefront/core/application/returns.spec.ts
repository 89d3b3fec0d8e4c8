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
      expect(await makeReturnPages(pages).request(request, ORDER, WISH)).toMatchObject({
        to: `/orders/${ORDER}?notice=RETURN_REQUESTED`,
      });
    expect(commands[0]).toEqual(['requestReturn', ORDER, WISH]);
  });

  it('without any units is not asked for', async () => {
    const { pages, commands } = fakePages();
    const outcome = await makeReturnPages(pages).request(signedIn, ORDER, { ...WISH, lines: [] });
    expect(outcome).toMatchObject({ to: `/orders/${ORDER}?notice=NOTHING_CHOSEN` });
    expect(commands).toEqual([]);
  });

  it('is called off, or says why not', async () => {
    const { pages } = fakePages();
    const cancel = (returnId: string) => makeReturnPages(pages).cancel(signedIn, ORDER, returnId);
    expect(await cancel(RETURN.returnId)).toMatchObject({ to: `/orders/${ORDER}?notice=RETURN_CANCELLED` });
    expect(await cancel(ORDER)).toMatchObject({ to: `/orders/${ORDER}?notice=RETURN_NOT_FOUND` });
  });

  it('is listed in the account', async () => {
    const { pages } = fakePages();
    const customer = signedIn.customer;
    if (!customer) throw new Error('a customer is signed in');
    const outcome = await makeReturnPages(pages).showOwn(signedIn, customer, undefined, undefined);
    expect(pageOf(outcome, 'returns').returns).toMatchObject([
      { number: RETURN.number, orderHref: `/orders/${ORDER}`, state: 'approved' },
    ]);
  });
});
