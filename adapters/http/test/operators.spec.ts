import { describe, expect, it } from 'vitest';
import { CircuitOpen } from '#adapters/resilience/policy.ts';
import { forAllTests } from '#test/kit/each-test.ts';
import { openEdge, THING } from './edge.ts';

let isReady = true;

const edge = forAllTests(() =>
  openEdge({ isReady: () => isReady, thrown: { open: () => new CircuitOpen('payment') } }),
);

describe('operators', () => {
  it('see whether the service is alive and ready', async () => {
    expect(await edge.send('GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await edge.send('GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    isReady = false;
    expect(await edge.send('GET', '/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'not ready' },
    });
    isReady = true;
  });

  it('see rate, errors and duration per route, without series for scans', async () => {
    await edge.send('GET', THING);
    await edge.send('GET', '/thrown/open');
    await edge.send('GET', '/nowhere/1');
    await edge.send('GET', '/nowhere/2');
    const { body, headers } = await edge.send('GET', '/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    const count = (route: string, status: number): string =>
      `http_request_duration_seconds_count{service="edge",method="GET",route="${route}",status="${status}"}`;
    expect(body).toContain(`${count('/things/{id}', 200)} 1`);
    expect(body).toContain(`${count('/thrown/{what}', 503)} 1`);
    expect(body).toContain(`${count('other', 404)} 2`);
    expect(body).not.toContain('nowhere');
  });
});
