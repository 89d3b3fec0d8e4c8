import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerResponse } from 'node:http';
import { until } from '#test/kit/conditions.ts';
import { openGateway, type TestGateway } from './stub.ts';

let gateway: TestGateway;
let held: ServerResponse[];

/** Two concurrent cart requests, and two more that wait. */
const SETTINGS = {
  GATEWAY_PLACES_READ: '2',
  GATEWAY_QUEUE_PER_PLACE: '1',
  GATEWAY_QUEUE_MS: '60000',
};
const cart = () => gateway.send('GET', '/api/v1/cart');
const open = async (settings: Readonly<Record<string, string>> = SETTINGS): Promise<void> => {
  gateway = await openGateway(settings);
  gateway.answer(({ url }, response) => {
    if (url === '/api/v1/cart') held.push(response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
};
const shed = async (): Promise<string | undefined> =>
  /requests_shed_total\{.*\} (?<count>\d+)/.exec(await gateway.metrics.text())?.groups?.['count'];

beforeEach(() => {
  held = [];
});
afterEach(() => {
  for (const response of held) response.end();
});

describe('excess load', () => {
  it('is served within the limit; the rest waits, and more than that gets 503', async () => {
    await open();
    const sent = Array.from({ length: 5 }, cart);
    const excess = await Promise.race(sent);
    expect(excess).toMatchObject({
      status: 503,
      body: { type: 'urn:problem:overloaded', code: 'OVERLOADED', status: 503, instance: '/api/v1/cart' },
    });
    expect(excess.headers.get('content-type')).toContain('application/problem+json');
    expect(excess.headers.get('retry-after')).toBe('2');
    expect(await shed()).toBe('1');
    for (let turn = 0; turn < 4; turn += 1) {
      await until(() => held.length > turn);
      held[turn]?.writeHead(200).end();
    }
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 200, 200, 200, 503]);
    expect(gateway.received).toHaveLength(4);
  });

  it('takes no slot from other classes, cached responses or the gateway itself', async () => {
    await open();
    await gateway.send('GET', '/api/v1/products');
    const sent = [cart(), cart()];
    await until(() => held.length === 2);
    const token = await gateway.userToken();
    for (const [method, path] of [
      ['PUT', '/api/v1/products/p-1'],
      ['GET', '/api/v1/products'],
      ['GET', '/health/live'],
      ['GET', '/dev'],
    ] as const)
      expect(await gateway.send(method, path, method === 'PUT' ? { token, body: {} } : {})).toMatchObject({
        status: 200,
      });
    for (const response of held) response.end();
    await Promise.all(sent);
  });

  it('does not wait longer than the limit', async () => {
    await open({ ...SETTINGS, GATEWAY_QUEUE_MS: '20' });
    const sent = [cart(), cart()];
    await until(() => held.length === 2);
    expect(await cart()).toMatchObject({ status: 503, body: { code: 'OVERLOADED' } });
    for (const response of held) response.end();
    await Promise.all(sent);
    expect(held).toHaveLength(2);
  });
});
