import { beforeEach, describe } from 'vitest';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { captured, dispatched, orderForEachTest, STRANGER, USER } from '../order.rig.ts';

describe('the order service', () => {
  const { service, world, place, hear, confirm } = orderForEachTest();

  let cartVersion: number;
  beforeEach(() => {
    cartVersion = 3;
  });
  /** A version of a cart can be ordered once. */
  const placeOne = async (): Promise<string> => {
    cartVersion += 1;
    world.cart = { ...world.cart, version: cartVersion };
    const { body } = await place({ cart_version: cartVersion });
    return String(body.order_id);
  };
  const confirmOne = async (): Promise<string> => {
    const orderId = await placeOne();
    await confirm(orderId);
    return orderId;
  };
  const cancel = async (orderId: string) =>
    service.send('PUT', `/api/v1/orders/${orderId}/cancel`, { token: await service.toolbox.tokenOf(USER) });
  const ship = async (status: 'delivered' | 'lost' | 'returned'): Promise<string> => {
    const orderId = await confirmOne();
    await hear('payment.successful', orderId, captured);
    await hear('shipment.created', orderId, dispatched);
    await hear('shipment.status_updated', orderId, {
      attempt: 1,
      shipment_id: STRANGER,
      status,
      description: `The parcel is ${status}`,
      occurred_at: '2026-03-03T10:00:00Z',
    });
    return orderId;
  };
  const resolve = async (orderId: string, body: object) =>
    service.send('POST', `/api/v1/orders/${orderId}/case-resolution`, {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      body,
    });

  keepsItsContracts('order', () => ({
    events: announcing(service.toolbox.announced, {
      'order.placed': placeOne,
      'order.confirmed': confirmOne,
      'order.cancelled': async () => cancel(await placeOne()),
      'order.cancel_requested': async () => cancel(await confirmOne()),
      'order.delivered': () => ship('delivered'),
      'order.refunded': async () => {
        const orderId = await ship('lost');
        await resolve(orderId, { resolution: 'refund' });
        await hear('payment.refunded', orderId, { payment_id: STRANGER, refund_id: 'case-1', amount: 29.75, currency: 'EUR', refunded_total: 29.75, refunded_at: '2026-03-03T11:00:00Z' }); // prettier-ignore
      },
      'order.reship_requested': async () => resolve(await ship('lost'), { resolution: 'reship' }),
      'order.case_resolved': async () =>
        resolve(await ship('returned'), { resolution: 'refund', restock: true }),
    }),
  }));
});
