import { describe, expect, it } from 'vitest';
import { actsIn } from '#test/kit/audit.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import type { components } from '#openapi/generated/order.ts';
import { orderForEachTest, STRANGER, USER } from './order.rig.ts';

type Schemas = components['schemas'];

describe.each(STORES)('what staff say about parcels, in %s', (store) => {
  const { service, world, place, hear, confirm, shipped, get } = orderForEachTest(store);

  const asStaff = async (method: string, path: string, body?: object): Promise<Answered> =>
    service.send(method, `/api/v1/staff/orders${path}`, {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      ...(body && { body }),
    });
  const act = async (act: string, orderIds: readonly string[], more: object = {}): Promise<unknown> =>
    (await asStaff('POST', '/acts', { act, order_ids: orderIds, ...more })).body.items;
  const hold = (orderId: string): Promise<unknown> => act('hold', [orderId], { reason: ' The address? ' });
  const ofView = async (view: string): Promise<readonly string[]> =>
    ((await asStaff('GET', `?view=${view}`)).body as Schemas['OrderSummaryPage']).items.map(
      ({ order_id: id }) => id,
    );
  const shown = async (orderId: string): Promise<Schemas['Order']> =>
    ((await asStaff('GET', `/${orderId}`)).body as Schemas['StaffOrder']).order;

  const paid = async (): Promise<string> => {
    world.cart = { ...world.cart, version: 7 };
    const orderId = String((await place({ cart_version: 7 })).body.order_id);
    await confirm(orderId);
    await hear('payment.successful', orderId);
    return orderId;
  };

  it('is done, or refused with the reason, for each order by itself', async () => {
    const gone = await shipped();
    const orderId = await paid();
    expect(await act('ship', [orderId, gone])).toEqual([
      { order_id: orderId, status: 'done' },
      {
        order_id: gone,
        status: 'refused',
        code: 'ORDER_NOT_SHIPPABLE',
        detail: 'The order is shipped; there is no parcel to send.',
      },
    ]);
    expect(await act('ship', [orderId])).toEqual([{ order_id: orderId, status: 'done' }]);
    const released = (await service.toolbox.announced()).filter(({ event_type: type }) => type === 'order.released'); // prettier-ignore
    expect(released.map(({ payload }) => payload)).toMatchObject([
      { order_id: orderId, attempt: 1, instruction: 1, dispatch: 'now' },
    ]);
  });

  it('holds an order with a reason that only staff see, until they release it', async () => {
    const orderId = await paid();
    expect(await hold(orderId)).toEqual([{ order_id: orderId, status: 'done' }]);
    expect((await shown(orderId)).hold).toMatchObject({
      reason: 'The address?',
      actor: { kind: 'shop', user_id: STRANGER },
      is_effective: false,
    });
    await hear('shipment.held', orderId, { attempt: 1, instruction: 1 });
    expect((await shown(orderId)).hold?.is_effective).toBe(true);
    expect((await get(orderId, USER)).body.hold).toBeUndefined();
    expect([await ofView('on_hold'), await ofView('to_ship')]).toEqual([[orderId], []]);
    expect((await asStaff('GET', '')).body.items[0].on_hold).toBe(true);
    await act('release', [orderId]);
    expect((await shown(orderId)).hold).toBeUndefined();
    expect([await ofView('on_hold'), await ofView('to_ship')]).toEqual([[], [orderId]]);
  });

  it('can be said of a single order', async () => {
    const orderId = await paid();
    const held = await asStaff('PUT', `/${orderId}/hold`, { reason: 'A question' });
    expect(held).toMatchObject({ status: 200, body: { hold: { reason: 'A question' } } });
    expect((await asStaff('DELETE', `/${orderId}/hold`)).body.hold).toBeUndefined();
    expect((await asStaff('PUT', `/${orderId}/dispatch`)).status).toBe(200);
    await hear('shipment.created', orderId);
    const late = await asStaff('PUT', `/${orderId}/hold`, { reason: 'A question' });
    expect([late.status, late.body.code]).toEqual([409, 'ORDER_NOT_HOLDABLE']);
    expect((await asStaff('PUT', `/${STRANGER}/dispatch`)).status).toBe(404);
    const { status } = await service.send('PUT', `/api/v1/staff/orders/${orderId}/dispatch`, {
      token: await service.toolbox.tokenOf(USER),
    });
    expect(status).toBe(403);
  });

  it('is in the audit trail', async () => {
    const orderId = await paid();
    await hold(orderId);
    await act('release', [orderId]);
    await act('ship', [orderId]);
    expect(await actsIn(service.toolbox)).toMatchObject([
      { before: { onHold: false }, after: { onHold: true } },
      { before: { onHold: true }, after: { onHold: false } },
      { before: { isUrgent: false }, after: { isUrgent: true } },
    ]);
  });

  it('needs a reason for a hold', async () => {
    const orderId = await paid();
    for (const more of [{}, { reason: '' }, { reason: '  ' }])
      expect((await asStaff('POST', '/acts', { act: 'hold', order_ids: [orderId], ...more })).status).toBe(400); // prettier-ignore
  });
});
