import { beforeEach, describe } from 'vitest';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { openClaims } from '../claims.rig.ts';
import { ADDRESS, GUEST, orderForEachTest, STRANGER, USER, VARIANT } from '../order.rig.ts';

const ELSEWHERE = { ...ADDRESS, line1: 'Road 2' };

describe('the order service', () => {
  const { service, world, place, placeAsGuest, hear, confirm, shipped, report } = orderForEachTest('memory', {
    ORDER_RETURN_ADDRESS: 'Kettle shop; Road 1',
  });

  let cartVersion: number;
  beforeEach(() => {
    cartVersion = 3;
  });
  /** A version of a cart can be ordered once. */
  const nextCart = () => {
    cartVersion += 1;
    world.cart = { ...world.cart, version: cartVersion };
    return { cart_version: cartVersion };
  };
  const placeOne = async (): Promise<string> => String((await place(nextCart())).body.order_id);
  const placeAsGuestOne = async (): Promise<string> => String((await placeAsGuest(nextCart())).body.order_id);
  const confirmOne = async (): Promise<string> => {
    const orderId = await placeOne();
    await confirm(orderId);
    return orderId;
  };
  const cancel = async (orderId: string) =>
    service.send('PUT', `/api/v1/orders/${orderId}/cancel`, { token: await service.toolbox.tokenOf(USER) });
  const actOnOrder = async (orderId: string, acts: object) =>
    service.send('POST', '/api/v1/staff/orders/acts', {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      body: { ...acts, order_ids: [orderId] },
    });
  const ship = async (status: 'delivered' | 'lost' | 'returned'): Promise<string> => {
    const orderId = await shipped(nextCart());
    await report(orderId, status);
    return orderId;
  };
  const resolve = async (orderId: string, body: object) =>
    service.send('POST', `/api/v1/orders/${orderId}/case-resolution`, {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      body,
    });

  /** A guest asks to return a unit of a delivered order. */
  const askBack = async () => {
    const { body } = await placeAsGuest(nextCart());
    const orderId = String(body.order_id);
    await confirm(orderId);
    await hear('payment.successful', orderId);
    await hear('shipment.created', orderId);
    await report(orderId, 'delivered');
    const headers = { 'x-order-token': String(body.order_token) };
    const asked = await service.send('POST', `/api/v1/orders/${orderId}/returns`, {
      headers,
      body: { lines: [{ variant_id: VARIANT, quantity: 1, reason: 'damaged' }] },
    });
    const returnId = String(asked.body.return_id);
    return { orderId, returnId, headers, path: `/api/v1/orders/${orderId}/returns/${returnId}` };
  };
  const act = async ({ path }: { readonly path: string }, name: string, body?: object) =>
    service.send('POST', `${path}/${name}`, {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      ...(body && { body }),
    });
  const receive = (one: { readonly path: string }) =>
    act(one, 'receipt', { lines: [{ variant_id: VARIANT, quantity: 1, condition: 'damaged' }] });
  const inspect = async (one: { readonly path: string }) => {
    await receive(one);
    await act(one, 'inspection', { lines: [{ variant_id: VARIANT, restock_quantity: 1 }] });
  };

  keepsItsContracts('order', () => ({
    service,
    states: {
      'nothing is known about a person': async () => undefined,
      'there is an order with the SKU K-1': async () => {
        await placeOne();
        return undefined;
      },
    },
    events: {
      ...announcing(service.toolbox.announced, {
        'order.placed': placeAsGuestOne,
        'order.claimed': async () => {
          const orderId = await placeAsGuestOne();
          const [email, verified_at] = [GUEST.email, service.toolbox.clock.now().toISOString()];
          await hear('user.email_verified', orderId, { user_id: USER, email, verified_at });
          await openClaims(service.toolbox).work();
        },
        'order.confirmed': async () => confirm(await placeAsGuestOne()),
        'order.cancelled': async () => cancel(await placeOne()),
        'order.address_changed': async () => {
          const { body } = await placeAsGuest(nextCart());
          await service.send('PUT', `/api/v1/orders/${String(body.order_id)}/shipping-address`, {
            headers: { 'x-order-token': String(body.order_token) },
            body: { shipping_address: ELSEWHERE },
          });
        },
        'order.address_change_requested': async () =>
          service.send('PUT', `/api/v1/orders/${await confirmOne()}/shipping-address`, {
            token: await service.toolbox.tokenOf(USER),
            body: { shipping_address: ELSEWHERE },
          }),
        'order.held': async () => actOnOrder(await confirmOne(), { act: 'hold', reason: 'a question' }),
        'order.released': async () => actOnOrder(await confirmOne(), { act: 'ship' }),
        'order.cancel_requested': async () => cancel(await confirmOne()),
        'order.shipped': () => shipped(nextCart()),
        'order.case_opened': () => ship('lost'),
        'order.delivered': () => ship('delivered'),
        'order.refunded': async () => {
          const orderId = await ship('lost');
          await resolve(orderId, { resolution: 'refund' });
          await hear('payment.refunded', orderId, {
            refund_id: 'case-1',
            amount: 29.75,
            refunded_total: 29.75,
          });
        },
        'order.refund_settled': async () => {
          const orderId = await ship('lost');
          await resolve(orderId, { resolution: 'refund' });
          const failed = { refund_id: 'case-1', amount: 29.75, reason: 'card_closed' };
          await hear('payment.refund_failed', orderId, failed);
          await resolve(orderId, { resolution: 'dismiss' });
        },
        'order.reship_requested': async () => resolve(await ship('lost'), { resolution: 'reship' }),
        'order.case_resolved': async () =>
          resolve(await ship('returned'), { resolution: 'refund', restock: true }),
        'order.restock_requested': async () => inspect(await askBack()),
        'return.requested': () => askBack(),
        'return.approved': async () => act(await askBack(), 'approval', { instructions: 'In its box' }),
        'return.rejected': async () => act(await askBack(), 'rejection', { reason: 'Used' }),
        'return.received': async () => receive(await askBack()),
        'return.payment_requested': async () => {
          const one = await askBack();
          await inspect(one);
          const { offers } = world;
          const [offer] = (offers as { readonly items: readonly object[] }).items;
          world.offers = { items: [{ ...offer, price: 12.5 }] };
          await act(one, 'exchange', { lines: [{ variant_id: VARIANT, instead_id: VARIANT }] });
          world.offers = offers;
        },
        'return.exchanged': async () => {
          const one = await askBack();
          await inspect(one);
          const { body } = await act(one, 'exchange');
          await hear('inventory.reserved', (body.exchange as { order_id: string }).order_id);
          await openClaims(service.toolbox).settleReturns();
        },
        'return.cancelled': async () => {
          const { path, headers } = await askBack();
          await service.send('PUT', `${path}/cancel`, { headers });
        },
        'return.refunded': async () => {
          const one = await askBack();
          await inspect(one);
          await act(one, 'refund', {});
          const refund = { refund_id: `return-${one.returnId}`, amount: 11.9, refunded_total: 11.9 };
          await hear('payment.refunded', one.orderId, refund);
          await openClaims(service.toolbox).settleReturns();
        },
      }),
      ...announcing(service.toolbox.audited, {
        'staff.acted': async () => resolve(await ship('returned'), { resolution: 'dismiss' }),
      }),
    },
  }));
});
