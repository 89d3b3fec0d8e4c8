import { describe, expect, it } from 'vitest';
import { Metrics } from '#adapters/observability/metrics.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { openMetricsServer } from '../main/metrics-server.ts';

describe('the metrics of the gateway', () => {
  it('are on a port of their own, and nothing else is', async () => {
    const server = await openMetricsServer(new Metrics('gateway'), { GATEWAY_METRICS_PORT: '0' });
    if (!server) throw new Error('it did not open');
    atEnd(() => server.close());
    const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
    const metrics = await get('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toContain('event_loop_delay_seconds{quantile="0.5",service="gateway"}');
    expect((await get('/')).status).toBe(404);
  });

  it('are not served unless a port is set', async () => {
    expect(await openMetricsServer(new Metrics('gateway'), {})).toBeUndefined();
  });
});
