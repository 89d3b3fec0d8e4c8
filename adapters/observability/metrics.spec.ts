import { describe, expect, it } from 'vitest';
import { mergedMetrics, Metrics } from './metrics.ts';

describe('metrics', () => {
  it('count requests by method, route and status, in buckets of seconds', async () => {
    const metrics = new Metrics('cart');
    metrics.observe('GET', '/cart', 200, 0.004);
    metrics.observe('GET', '/cart', 200, 0.2);
    const text = await metrics.text();
    const labels = 'service="cart",method="GET",route="/cart",status="200"';
    expect(text).toContain(`http_request_duration_seconds_count{${labels}} 2`);
    expect(text).toContain(`http_request_duration_seconds_bucket{le="0.005",${labels}} 1`);
  });

  it('include a service’s counters, and its gauges, which are measured when they are read', async () => {
    const metrics = new Metrics('cart');
    metrics.counter('carts', 'Carts', ['kind']).inc({ kind: 'guest' });
    let waiting = 1;
    metrics.gauge('waiting', 'Waiting', [], (gauge) => gauge.set(waiting));
    waiting = 7;
    const text = await metrics.text();
    expect(text).toContain('carts{kind="guest",service="cart"} 1');
    expect(text).toContain('waiting{service="cart"} 7');
  });

  it('include a service’s histograms', async () => {
    const metrics = new Metrics('cart');
    const lag = metrics.histogram('lag_seconds', 'Lag', [1, 10]);
    lag.observe(0.5);
    lag.observe(5);
    const text = await metrics.text();
    expect(text).toContain('lag_seconds_bucket{le="1",service="cart"} 1');
    expect(text).toContain('lag_seconds_bucket{le="10",service="cart"} 2');
  });

  it('report the delay of the event loop for every service', async () => {
    const text = await new Metrics('cart').text();
    for (const quantile of ['0.5', '0.99', '1'])
      expect(text).toMatch(
        new RegExp(`event_loop_delay_seconds\\{quantile="${quantile}",service="cart"\\} \\d`),
      );
  });

  it('of several services are one text, each with its name', async () => {
    const [cart, order] = [new Metrics('cart'), new Metrics('order')];
    cart.observe('GET', '/cart', 200, 0.1);
    order.observe('GET', '/orders', 200, 0.1);
    for (const part of [cart, order]) part.gauge('waiting', 'Waiting', [], (gauge) => gauge.set(3));
    const text = await mergedMetrics([cart, order]);
    expect(text).toContain('waiting{service="cart"} 3');
    expect(text).toContain('waiting{service="order"} 3');
    expect(text).toMatch(/_count\{[^}]*service="cart"[^}]*\} 1/);
    expect(text).toMatch(/_count\{[^}]*service="order"[^}]*\} 1/);
    expect(text.match(/# HELP http_request_duration_seconds /g)).toHaveLength(1);
  });
});
