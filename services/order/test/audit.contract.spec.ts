import { describe, expect, it } from 'vitest';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { order } from '../main/module.ts';
import { ADDRESS, orderForEachTest, STRANGER, USER, VARIANT } from './order.rig.ts';

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
    const elsewhere = { shipping_address: { ...ADDRESS, line1: 'Road 2' } };
    await asStaff('PUT', `${otherId}/shipping-address`, elsewhere);
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
      { did: 'changeShippingAddress: order', before: { addressChanges: 0 }, after: { addressChanges: 1 } },
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
      undefined,
      'Sam is angry',
      undefined,
      undefined,
    ]);

    world.cart = { ...world.cart, version: 6 };
    const sold = await shipped({ cart_version: 6 });
    await report(sold, 'delivered');
    const askBack = async (): Promise<string> => {
      const body = { lines: [{ ...line, reason: 'damaged' }], comment: 'Sam is sad' };
      return `${sold}/returns/${String((await asStaff('POST', `${sold}/returns`, body)).body.return_id)}`;
    };
    const inspect = async (one: string): Promise<void> => {
      await asStaff('POST', `${one}/receipt`, { lines: [{ ...line, condition: 'used' }] });
      await asStaff('POST', `${one}/inspection`, { lines: [] });
    };
    const [refunded, rejected] = [await askBack(), await askBack()];
    await asStaff('POST', `${refunded}/approval`, {});
    await inspect(refunded);
    await asStaff('POST', `${refunded}/refund`, {});
    await asStaff('POST', `${rejected}/rejection`, { reason: 'Sam wore it' });
    await asStaff('PUT', `${await askBack()}/cancel`);
    const exchanged = await askBack();
    await inspect(exchanged);
    const [offer] = (world.offers as { readonly items: readonly object[] }).items;
    world.offers = { items: [{ ...offer, price: 12.5 }] };
    const dearer = { lines: [{ variant_id: VARIANT, instead_id: VARIANT }] };
    await asStaff('POST', `${exchanged}/exchange`, dearer);
    const payment = { payment_token: 'tok_2', expected_total: 2.98, currency: 'EUR' };
    await asStaff('POST', `${exchanged}/exchange-payment`, payment);
    const acts = await actsIn(service.toolbox);
    const unit = { variantId: VARIANT, quantity: 1 };
    expect(acts.filter(({ did }) => did.endsWith('Return: return')).slice(2, 6)).toMatchObject([
      { did: 'approveReturn: return', before: { state: 'requested' }, after: { state: 'approved' } },
      {
        did: 'receiveReturn: return',
        before: { state: 'approved', lines: [unit] },
        after: { state: 'received', lines: [{ ...unit, received: 1, condition: 'used' }] },
      },
      { did: 'inspectReturn: return', after: { state: 'inspected', lines: [{ restocked: 0 }] } },
      { did: 'refundReturn: return', after: { state: 'refunding', refundedMinor: 1_190 } },
    ]);
    expect(JSON.stringify(acts)).not.toMatch(/Sam/);
    expect(await operationsIn(service.toolbox)).toEqual(auditedOperations(order));
  });
});
