import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CircuitOpen } from '#adapters/resilience/policy.ts';
import { openEdge, THING, type Edge } from './edge.ts';

let isReady = true;

let edge: Edge;
beforeAll(async () => {
  edge = await openEdge({ isReady: () => isReady, thrown: { open: () => new CircuitOpen('payment') } });
});
afterAll(() => edge.close());

describe('operators', () => {
  it('see whether it lives, and whether it is ready', async () => {
    expect(await edge.send('GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await edge.send('GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    isReady = false;
    expect(await edge.send('GET', '/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'not ready' },
    });
    isReady = true;
  });

  it('see rate, errors and duration per route, whatever was scanned for', async () => {
    await edge.send('GET', '/nowhere/1');
    await edge.send('GET', '/nowhere/2');
    const { body, headers } = await edge.send('GET', '/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    const series = (route: string, status: number): RegExp =>
      new RegExp(
        `http_request_duration_seconds_count\\{[^}]*route="${route}",status="${status}"[^}]*service="edge"\\} \\d+`,
      );
    expect(body).toMatch(series('/things/\\{id\\}', 200));
    expect(body).toMatch(series('/thrown/\\{what\\}', 503));
    expect(body).toMatch(series('other', 404));
    expect(body).not.toContain('nowhere');
  });
});
