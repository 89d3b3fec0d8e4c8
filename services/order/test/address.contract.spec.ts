import { describe, expect, it } from 'vitest';
import { actsIn } from '#test/kit/audit.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { ADDRESS, orderForEachTest, STRANGER, USER } from './order.rig.ts';

const ELSEWHERE = { ...ADDRESS, line1: 'Road 2' };

describe.each(STORES)('the shipping address of an order, in %s', (store) => {
  const { service, place, placeAsGuest, hear, confirm, shipped, get } = orderForEachTest(store);

  const change = async (
    orderId: string,
    address: object,
    {
      userId = USER,
      role = 'customer',
      headers = {},
    }: Partial<Record<'userId' | 'role', string>> & {
      readonly headers?: Record<string, string>;
    } = {},
  ): Promise<Answered> =>
    service.send('PUT', `/api/v1/orders/${orderId}/shipping-address`, {
      token: await service.toolbox.tokenOf(userId, role === 'customer' ? role : 'order_manager'),
      headers,
      body: { shipping_address: address },
    });
  const announced = async (type: string): Promise<readonly unknown[]> =>
    (await service.toolbox.announced())
      .filter(({ event_type: one }) => one === type)
      .map(({ payload }) => payload);

  it('is corrected at once while the order is pending, and the parcel is confirmed with the new one', async () => {
    const orderId = String((await place()).body.order_id);
    const changed = await change(orderId, ELSEWHERE);
    expect([changed.status, changed.body.shipping_address]).toEqual([200, ELSEWHERE]);
    await confirm(orderId);
    expect(await announced('order.confirmed')).toMatchObject([{ shipping_address: ELSEWHERE }]);
    expect(await announced('order.address_changed')).toMatchObject([
      { order_id: orderId, shipping_address: ELSEWHERE, actor: { kind: 'customer', user_id: USER } },
    ]);
  });

  it('is corrected for a parcel that shipping knows, if shipping agrees', async () => {
    const orderId = String((await place()).body.order_id);
    await confirm(orderId);
    const asked = await change(orderId, ELSEWHERE, { userId: STRANGER, role: 'order_manager' });
    expect(asked.body).toMatchObject({ shipping_address: ADDRESS, requested_address: ELSEWHERE });
    expect(await announced('order.address_change_requested')).toMatchObject([
      { order_id: orderId, attempt: 1, correction: 1, shipping_address: ELSEWHERE },
    ]);
    await hear('shipment.readdressed', orderId, { attempt: 1, correction: 1 });
    const { body } = await get(orderId);
    expect(body.shipping_address).toEqual(ELSEWHERE);
    expect(body.requested_address).toBeUndefined();
    expect(body.billing_address).toEqual(ADDRESS);
    const actions = (body.actions as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual(['cancel', 'change_address']);
  });

  it('is corrected by staff with a reason in the audit trail, without the address', async () => {
    const orderId = String((await place()).body.order_id);
    await change(orderId, ELSEWHERE, {
      userId: STRANGER,
      role: 'order_manager',
      headers: { 'audit-reason': 'A call' },
    });
    expect(await actsIn(service.toolbox)).toEqual([
      { did: 'changeShippingAddress: order', before: { addressChanges: 0 }, after: { addressChanges: 1 } },
    ]);
    expect((await service.toolbox.audited()).map(({ payload }) => payload.reason)).toEqual(['A call']);
  });

  it('is corrected by a guest with the link to the order, whose mail says where it goes', async () => {
    const { body } = await placeAsGuest();
    const changed = await service.send('PUT', `/api/v1/orders/${String(body.order_id)}/shipping-address`, {
      headers: { 'x-order-token': String(body.order_token) },
      body: { shipping_address: ELSEWHERE },
    });
    expect([changed.status, changed.body.shipping_address]).toEqual([200, ELSEWHERE]);
    expect(await announced('order.address_changed')).toMatchObject([{ order_token: expect.any(String) }]);
  });

  it('is not corrected by others', async () => {
    const orderId = String((await place()).body.order_id);
    expect((await change(orderId, ELSEWHERE, { userId: STRANGER })).status).toBe(404);
    const path = `/api/v1/orders/${orderId}/shipping-address`;
    expect((await service.send('PUT', path, { body: { shipping_address: ELSEWHERE } })).status).toBe(401);
  });

  it('is refused with the reason', async () => {
    const orderId = String((await place()).body.order_id);
    const codeFor = async (id: string, address: object): Promise<unknown> => {
      const { status, body } = await change(id, address);
      return [status, body.code];
    };
    expect(await codeFor(orderId, { ...ADDRESS, country: 'AT', postal_code: '1010' })).toEqual([
      409,
      'ADDRESS_CHANGES_PRICE',
    ]);
    expect(await codeFor(orderId, { ...ADDRESS, postal_code: '1' })).toEqual([422, 'INVALID_ADDRESS']);
    await service.send('PUT', `/api/v1/orders/${orderId}/cancel`, {
      token: await service.toolbox.tokenOf(USER),
    });
    expect(await codeFor(orderId, ELSEWHERE)).toEqual([409, 'ADDRESS_NOT_CHANGEABLE']);
  });

  it('stays in a region with the same tax', async () => {
    const california = { ...ADDRESS, city: 'Fresno', region: 'CA', postal_code: '93650', country: 'US' };
    const { body } = await place({ shipping_address: california, expected_total: 26.81 });
    const oregon = { ...california, city: 'Salem', region: 'OR', postal_code: '97301' };
    const { body: refused } = await change(String(body.order_id), oregon);
    expect(refused.code).toBe('ADDRESS_CHANGES_PRICE');
  });

  it('is not corrected by those who have not seen the order as it is', async () => {
    const placed = await place();
    const orderId = String(placed.body.order_id);
    const seen = { 'if-match': placed.headers.get('etag') ?? '' };
    await confirm(orderId);
    expect((await change(orderId, ELSEWHERE, { headers: seen })).status).toBe(412);
    const { headers } = await get(orderId);
    const now = { 'if-match': headers.get('etag') ?? '' };
    expect((await change(orderId, ELSEWHERE, { headers: now })).status).toBe(200);
  });

  it('is that of the label once the parcel is under way', async () => {
    const orderId = await shipped();
    const { status, body } = await change(orderId, ELSEWHERE);
    expect([status, body.code]).toEqual([409, 'ADDRESS_NOT_CHANGEABLE']);
  });
});
