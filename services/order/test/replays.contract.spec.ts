import { describe, expect, it } from 'vitest';
import { lettersOf, type Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { ADDRESS, orderForEachTest, STRANGER, USER } from './order.rig.ts';

const KEY = { 'idempotency-key': 'the-only-one' };

describe.each(STORES)('a repeated request with an Idempotency-Key in %s', (store) => {
  const { service, world, place, shipped, report, get } = orderForEachTest(store);

  const asStaff = async (path: string, body: object): Promise<Answered> =>
    service.send('POST', path, {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      headers: KEY,
      body,
    });

  it('returns the order as placed, even if it was cancelled since', async () => {
    const shipping_address = { phone: '+49 30 1', line2: 'Back yard', ...ADDRESS, region: 'BE' };
    const first = await place({ shipping_address }, KEY);
    world.cart = { ...world.cart, version: 4, items: [] };
    const token = await service.toolbox.tokenOf(USER);
    await service.send('PUT', `/api/v1/orders/${String(first.body.order_id)}/cancel`, { token });
    expect((await get(first.body.order_id)).body).toMatchObject({ status: 'cancelled', version: 2 });
    expect(lettersOf(await place({ shipping_address }, KEY))).toEqual(lettersOf(first));
  });

  it('returns the placed order while an upstream is down', async () => {
    const first = await place({}, KEY);
    world.isDown = true;
    expect(lettersOf(await place({}, KEY))).toEqual(lettersOf(first));
  });

  it('returns the order of a concurrent identical request, even if the cart is empty', async () => {
    let first: Answered | undefined;
    world.meanwhile = async () => {
      world.meanwhile = () => Promise.resolve();
      first = await place({}, KEY);
      world.cart = { ...world.cart, version: 4, items: [] };
    };
    const second = await place({}, KEY);
    expect(second.status).toBe(201);
    expect(first && lettersOf(first)).toEqual(lettersOf(second));
  });

  it('returns the order as it was after the refund request, even if it was delivered since', async () => {
    const orderId = await shipped();
    const refund = (): Promise<Answered> =>
      asStaff(`/api/v1/orders/${orderId}/refunds`, { amount: 10, currency: 'EUR', reason: 'scratched' });
    const first = await refund();
    expect(first).toMatchObject({ status: 202, body: { status: 'shipped' } });
    await report(orderId, 'delivered');
    expect((await get(orderId)).body).toMatchObject({ status: 'delivered' });
    expect(lettersOf(await refund())).toEqual(lettersOf(first));
    expect((await get(orderId)).body.timeline.at(-1)).toMatchObject({ detail: 'Delivered' });
  });

  it('returns the order as it was after the decision, even if the parcel was found since', async () => {
    const orderId = await shipped();
    await report(orderId, 'lost');
    const dismiss = (): Promise<Answered> =>
      asStaff(`/api/v1/orders/${orderId}/case-resolution`, { resolution: 'dismiss' });
    const first = await dismiss();
    expect(first).toMatchObject({ status: 200, body: { status: 'shipped' } });
    await report(orderId, 'delivered');
    expect((await get(orderId)).body).toMatchObject({ status: 'delivered' });
    expect(lettersOf(await dismiss())).toEqual(lettersOf(first));
  });
});
