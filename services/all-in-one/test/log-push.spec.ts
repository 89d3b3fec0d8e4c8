import express from 'express';
import { describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { serve } from '#test/kit/http.ts';
import { makeLogPush } from '../main/distributed/log-push.ts';

const LINE = '{"level":50,"time":"2026-01-02T03:04:05.678Z","service":"order","msg":"event parked"}';

/** A server in place of Loki; refuses the first `refused` requests. */
const openServer = async (refused = 0) => {
  const bodies: unknown[] = [];
  let requests = 0;
  const app = express().use(express.json());
  app.post('/push', (request, response) => {
    requests += 1;
    if (requests <= refused) {
      response.status(503).end();
      return;
    }
    bodies.push(request.body);
    response.status(204).end();
  });
  const { url, close } = await serve(app);
  atEnd(close);
  return { url: `${url}/push`, bodies };
};

describe('log lines', () => {
  it('go out in the format of Loki, by service and severity, with their own time', async () => {
    const { url, bodies } = await openServer();
    const push = makeLogPush(url);
    push.add('order.2', LINE);
    await push.close();
    expect(bodies).toEqual([
      {
        streams: [{ stream: { app: 'order', severity: 'error' }, values: [['1767323045678000000', LINE]] }],
      },
    ]);
  });

  it('that are not of the logger go out as they are', async () => {
    const { url, bodies } = await openServer();
    const push = makeLogPush(url);
    push.add('cart', 'ready on port 1');
    await push.close();
    expect(bodies).toMatchObject([
      {
        streams: [
          { stream: { app: 'cart', severity: 'info' }, values: [[expect.any(String), 'ready on port 1']] },
        ],
      },
    ]);
  });

  it('wait until the server takes them', async () => {
    const { url, bodies } = await openServer(1);
    const push = makeLogPush(url);
    push.add('order', LINE);
    await until(() => bodies.length === 1);
    await push.close();
    expect(bodies).toHaveLength(1);
  });

  it('stop nothing while the server is away', async () => {
    const push = makeLogPush('http://127.0.0.1:1/push');
    push.add('order', LINE);
    await expect(push.close()).resolves.toBeUndefined();
  });
});
