import { describe, expect, it } from 'vitest';
import { order, ORDER, progress, refusal } from '../../test/fake-shop.ts';
import { fakePages, frameOf, guest, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop, Visit } from '../ports/shop.ts';
import { makeCancelOrder, makeOpenOrder, makeShowOrder, makeShowTracking, makeTrack } from './show-order.ts';

const TOKEN = `${ORDER}.1803816000.signature`;
const withToken = { ...guest, visit: { ...guest.visit, orderTokens: [TOKEN] } };
const none: Partial<Shop> = { order: () => Promise.resolve(undefined) };

const show = (request = signedIn, changes: Partial<Shop> = {}) =>
  makeShowOrder(fakePages(changes).pages)(request, ORDER, { isNew: false, notice: undefined });

describe('the page of an order', () => {
  it('is shown to its customer, and to a guest whose browser has its token', async () => {
    expect(pageOf(await show(), 'order')).toMatchObject({ number: order.number, isGuest: false });
    expect(pageOf(await show(withToken), 'order')).toMatchObject({ orderId: ORDER, isGuest: true });
  });

  it('does not exist for other customers', async () => {
    expect(await show(signedIn, none)).toBeUndefined();
  });

  it('asks other guests for its number and address', async () => {
    for (const request of [guest, withToken])
      expect(pageOf(await show(request, none), 'track')).toMatchObject({ orderId: ORDER, faults: [] });
  });
});

describe('the link of a mail', () => {
  it('opens the order of its token', async () => {
    const { pages, visits } = fakePages();
    expect(await makeOpenOrder(pages)(guest, ORDER, TOKEN)).toEqual({
      kind: 'see',
      to: `/orders/${ORDER}`,
      session: { order: TOKEN },
    });
    expect(visits).toMatchObject([{ orderTokens: [TOKEN] } satisfies Partial<Visit>]);
  });

  it('that has expired leads to the form', async () => {
    const { pages } = fakePages(none);
    expect(await makeOpenOrder(pages)(guest, ORDER, 'forged')).toEqual({ kind: 'see', to: '/track' });
  });
});

describe('tracking', () => {
  it('begins with a form', async () => {
    const outcome = await makeShowTracking(fakePages().pages)(guest);
    expect(pageOf(outcome, 'track')).toMatchObject({ orderId: undefined, progress: undefined });
    expect(frameOf(outcome).isIndexed).toBe(false);
  });

  it('shows how far the order is, and nothing else of it', async () => {
    const { pages, commands } = fakePages();
    const outcome = await makeTrack(pages)(guest, ' K7QM-2X9F ', ' Sam@Example.com ');
    expect(pageOf(outcome, 'track').progress).toEqual({
      status: 'shipped',
      steps: expect.arrayContaining([{ name: 'shipped', state: 'current' }]),
      placedAt: expect.stringContaining('2026'),
      timeline: [{ status: 'pending', at: expect.stringContaining('2026') }],
      carrier: 'DHL',
      trackingNumber: 'JJD1',
      expected: 'Wednesday, 4 March',
    });
    expect(commands).toEqual([['track', 'K7QM-2X9F', 'sam@example.com']]);
  });

  it('shows no day before there is one', async () => {
    const early = { ...progress, expected: undefined };
    const { pages } = fakePages({ track: () => Promise.resolve(early) });
    const page = pageOf(await makeTrack(pages)(guest, 'K7QM-2X9F', 'sam@example.com'), 'track');
    expect(page.progress?.expected).toBeUndefined();
  });

  it('says the same of an unknown order and of a wrong address', async () => {
    const { pages } = fakePages({ track: () => Promise.resolve(undefined) });
    const page = pageOf(await makeTrack(pages)(guest, 'K7QM-2X9F', 'sam@example.com'), 'track');
    expect(page.faults).toEqual([{ field: undefined, message: 'ORDER_NOT_FOUND' }]);
    expect(page.entered).toEqual({ number: 'K7QM-2X9F', email: 'sam@example.com' });
  });
});

describe('cancelling', () => {
  it('shows the order again', async () => {
    const { pages, commands } = fakePages();
    expect(await makeCancelOrder(pages)(withToken, ORDER)).toEqual({ kind: 'see', to: `/orders/${ORDER}` });
    expect(commands).toEqual([['cancelOrder', ORDER]]);
  });

  it('that comes too late says so', async () => {
    const { pages } = fakePages({ cancelOrder: () => Promise.resolve(refusal('ORDER_NOT_CANCELLABLE')) });
    expect(await makeCancelOrder(pages)(withToken, ORDER)).toEqual({
      kind: 'see',
      to: `/orders/${ORDER}?notice=ORDER_NOT_CANCELLABLE`,
    });
  });
});
