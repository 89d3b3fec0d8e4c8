import { describe, expect, it } from 'vitest';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { order } from '../main/module.ts';
import { orderForEachTest, STRANGER, USER, VARIANT } from './order.rig.ts';

/** PGlite takes the SQL of PostgreSQL, and longer to start than these tests take. */
describe.each(STORES.filter((store) => store !== 'pglite'))('in %s', (store) => {
  const { service, world, place, confirm, shipped, report } = orderForEachTest(store);
  const asStaff = async (method: string, path: string, body?: object): Promise<Answered> =>
    service.send(method, `/api/v1/orders/${path}`, {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      ...(body && { body }),
    });

  it('what staff do to orders is in the audit trail, and what customers do is not', async () => {
    const { body: placed } = await place();
    await asStaff('PUT', `${String(placed.order_id)}/cancel`, { reason: 'A fraud' });
    world.cart = { ...world.cart, version: 4 };
    const orderId = await shipped({ cart_version: 4 });
    await asStaff('POST', `${orderId}/refunds`, { amount: 10, currency: 'EUR', reason: 'scratched' });
    const line = { variant_id: VARIANT, quantity: 1 };
    await asStaff('POST', `${orderId}/refunds`, { lines: [line], reason: 'broken' });
    await report(orderId, 'lost');
    await asStaff('POST', `${orderId}/case-resolution`, { resolution: 'dismiss' });
    const files = async (method: string, path: string, body?: object): Promise<Answered> =>
      service.send(method, `/api/v1/staff/orders/${path}`, {
        token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
        ...(body && { body }),
      });
    await files('POST', 'acts', { act: 'add_tag', order_ids: [orderId], tag: 'vip' });
    const { body: note } = await files('POST', `${orderId}/notes`, { text: 'Sam is angry' });
    await files('DELETE', `${orderId}/notes/${String(note.note_id)}`);
    world.cart = { ...world.cart, version: 5 };
    const { body: other } = await place({ cart_version: 5 });
    const otherId = String(other.order_id);
    await confirm(otherId);
    await files('PUT', `${otherId}/hold`, { reason: 'Sam is angry' });
    await files('DELETE', `${otherId}/hold`);
    await files('PUT', `${otherId}/dispatch`);
    await service.send('PUT', `/api/v1/orders/${otherId}/cancel`, {
      token: await service.toolbox.tokenOf(USER),
    });
    const amount = { refundKey: expect.any(String), amountMinor: 1_000, status: 'asked' };
    const parts = { lines: [{ variantId: VARIANT, quantity: 1, amountMinor: 1_190 }], shippingMinor: 0 };
    const lines = { ...amount, amountMinor: 1_190, parts };
    const noted = { noteId: note.note_id, author: STRANGER };
    const lost = { caseId: 'case-1', kind: 'lost' };
    expect(await actsIn(service.toolbox)).toEqual([
      { did: 'cancelOrder: order', before: { status: 'pending' }, after: { status: 'cancelled' } },
      {
        did: 'refundOrder: order',
        before: { refunds: [] },
        after: { refunds: [amount] },
      },
      { did: 'refundOrder: order', before: { refunds: [amount] }, after: { refunds: [amount, lines] } },
      {
        did: 'resolveCase: order',
        before: { status: 'lost', cases: [{ ...lost, state: 'open' }] },
        after: { status: 'shipped', cases: [{ ...lost, state: 'resolved', resolution: 'dismiss' }] },
      },
      { did: 'actOnOrders: staff file', after: { tags: ['vip'], notes: [] } },
      { did: 'addOrderNote: staff file', before: { notes: [] }, after: { notes: [noted] } },
      { did: 'removeOrderNote: staff file', before: { notes: [noted] }, after: { notes: [] } },
      { did: 'holdOrder: order', before: { onHold: false }, after: { onHold: true } },
      { did: 'releaseOrder: order', before: { onHold: true }, after: { onHold: false } },
      { did: 'shipOrder: order', before: { isUrgent: false }, after: { isUrgent: true } },
    ]);
    expect((await service.toolbox.audited()).map(({ payload }) => payload.reason)).toEqual([
      'A fraud',
      'scratched',
      'broken',
      undefined,
      undefined,
      undefined,
      undefined,
      'Sam is angry',
      undefined,
      undefined,
    ]);
    expect(await operationsIn(service.toolbox)).toEqual(auditedOperations(order));
  });
});
