import { describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import { orderForEachTest } from './order.rig.ts';

const { service, place, confirm } = orderForEachTest();

describe('the metrics', () => {
  it('count orders by status, and say since when the oldest waits', async () => {
    const { body } = await place();
    service.toolbox.clock.advance(5 * MINUTE);
    const pending = await service.toolbox.metrics.text();
    expect(pending).toContain('orders{status="pending",service="order"} 1');
    // Those that are over only grow, and so would the time to count them.
    expect(pending).not.toContain('orders{status="delivered"');
    expect(pending).toContain('orders_oldest_seconds{status="pending",service="order"} 300');
    expect(pending).toContain('orders_oldest_seconds{status="confirmed",service="order"} 0');
    await confirm(body.order_id);
    const confirmed = await service.toolbox.metrics.text();
    expect(confirmed).toContain('orders_oldest_seconds{status="pending",service="order"} 0');
    expect(confirmed).toContain('orders_oldest_seconds{status="confirmed",service="order"} 300');
  });
});
