import { describe, expect, it } from 'vitest';
import { ok } from '#kernel/result.ts';
import { address, order, ORDER, refusal } from '../../test/fake-shop.ts';
import { fakePages, frameOf, guest, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeOrderAddressPages } from './order-address.ts';

const opened = (changes: Partial<Shop> = {}) => {
  const { pages, ...noted } = fakePages(changes);
  return { form: makeOrderAddressPages(pages, { countries: ['DE', 'AT'] }), ...noted };
};

const moved = { ...address, line1: 'Karl-Marx-Allee 11' };
const CHANGE = { version: 3, address: moved, entered: { line1: 'Karl-Marx-Allee 11' } };

const answering = (answer: Awaited<ReturnType<Shop['changeOrderAddress']>>): Partial<Shop> => ({
  changeOrderAddress: () => Promise.resolve(answer),
});
const orderIs = (changes: Partial<typeof order> | undefined): Partial<Shop> => ({
  order: () => Promise.resolve(changes && { ...order, ...changes }),
});
const orderWith = (notice: string) => ({ kind: 'see', to: `/orders/${ORDER}?notice=${notice}` });

describe('the form for the address of an order', () => {
  it('shows where the order goes, for this visitor only', async () => {
    const outcome = await opened().form.show(signedIn, ORDER);
    const page = pageOf(outcome, 'order-address');
    expect(page).toMatchObject({ orderId: ORDER, number: order.number, version: 3 });
    expect(page.addressForm.entered).toMatchObject({ line1: 'Karl-Marx-Allee 1', postal_code: '10178' });
    expect(page.countries.map(({ code }) => code)).toEqual(['AT', 'DE']);
    expect(frameOf(outcome)).toMatchObject({ isIndexed: false, visitor: { cartCount: expect.any(Number) } });
  });

  it('leads to the page of the order once it is too late, and for those who may not see it', async () => {
    const late = opened(orderIs({ canChangeAddress: false })).form;
    expect(await late.show(signedIn, ORDER)).toEqual(orderWith('ADDRESS_NOT_CHANGEABLE'));
    const foreign = opened(orderIs(undefined)).form;
    expect(await foreign.show(guest, ORDER)).toEqual({ kind: 'see', to: `/orders/${ORDER}` });
  });

  it('changes the order that was seen, and says whether that is certain', async () => {
    const { form, commands } = opened();
    expect(await form.change(guest, ORDER, CHANGE)).toEqual(orderWith('ADDRESS_CHANGED'));
    expect(commands).toEqual([['changeOrderAddress', ORDER, 3, moved]]);
    const asked = opened(answering(ok({ ...order, requestedAddress: moved }))).form;
    expect(await asked.change(guest, ORDER, CHANGE)).toEqual(orderWith('ADDRESS_REQUESTED'));
  });

  it.each([
    ['ADDRESS_CHANGES_PRICE', 'ADDRESS_CHANGES_PRICE'],
    ['PRECONDITION_FAILED', 'ORDER_CHANGED'],
  ])('keeps what was entered after %s, with the order as it is now', async (code, message) => {
    const changes = { ...answering(refusal(code)), ...orderIs({ version: 4 }) };
    const page = pageOf(await opened(changes).form.change(signedIn, ORDER, CHANGE), 'order-address');
    expect(page).toMatchObject({
      version: 4,
      addressForm: { entered: CHANGE.entered, faults: [{ field: undefined, message }] },
    });
  });

  it('shows which part of an address is wrong', async () => {
    const errors = [{ pointer: '/body/shipping_address/postal_code', message: 'is not a postal code of DE' }];
    const { form } = opened(answering(refusal('INVALID_ADDRESS', { errors })));
    const page = pageOf(await form.change(signedIn, ORDER, CHANGE), 'order-address');
    expect(page.addressForm.faults).toMatchObject([{ field: 'postal_code' }]);
  });

  it('leads to the order where another address would not help', async () => {
    const { form } = opened(answering(refusal('ADDRESS_NOT_CHANGEABLE')));
    expect(await form.change(signedIn, ORDER, CHANGE)).toEqual(orderWith('ADDRESS_NOT_CHANGEABLE'));
  });
});
