import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { cancelRequested, DELAY_MS, openRig, orderConfirmed, paymentSuccessful } from './shipping.rig.ts';

const ROUNDS = 20;

describe('shipments with concurrent processes', () => {
  const rig = forEachTest(() => openRig('postgres'));

  it('release an order whose confirmation and payment are handled at the same time', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const orderId = systemIds.next();
      await Promise.all([rig.hear(orderConfirmed(orderId)), rig.hear(paymentSuccessful(orderId))]);
      expect((await rig.consignmentOf(orderId))?.shipments[0]?.status).toBe('scheduled');
    }
  });

  it('are either sent or cancelled when a cancellation meets the dispatch', async () => {
    const orders = Array.from({ length: ROUNDS }, () => systemIds.next());
    for (const orderId of orders) {
      await rig.hear(orderConfirmed(orderId), paymentSuccessful(orderId));
      rig.toolbox.clock.advance(DELAY_MS);
      await Promise.all([rig.work(), rig.hear(cancelRequested(orderId)), rig.work()]);
    }
    await rig.work();
    const told = (await rig.announced()).map(({ payload }) =>
      'order_id' in payload ? payload.order_id : '',
    );
    expect(told.toSorted()).toEqual(orders.toSorted());
  });

  it('are published once when two processes poll the carrier', async () => {
    const orders = Array.from({ length: ROUNDS }, () => systemIds.next());
    await rig.hear(...orders.flatMap((id) => [orderConfirmed(id), paymentSuccessful(id)]));
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
    rig.toolbox.clock.advance(30 * DAY);
    await Promise.all([rig.poll(), rig.poll(), rig.poll()]);
    const news = (await rig.announced()).filter(({ type }) => type === 'shipment.status_updated');
    expect(news).toHaveLength(3 * ROUNDS);
  });
});
