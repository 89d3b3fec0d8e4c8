import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runBecauseOf } from '#adapters/context/cause.ts';
import { Overloaded } from '#adapters/resilience/bulkhead.ts';
import { makePolicy, Outage, TimedOut } from '#adapters/resilience/policy.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { serve } from '#test/kit/http.ts';
import { overHttp } from './client.http.ts';
import { makeServiceClient, type Call, type ServiceClient } from './client.ts';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let url: string;
let received: Received[];
let answer: (response: ServerResponse) => void;

const clientOf = (
  urls: string | readonly string[],
  options: { retries?: number; timeoutMs?: number } = {},
): ServiceClient =>
  makeServiceClient({
    service: 'catalog',
    transport: overHttp({
      service: 'catalog',
      baseUrls: () => [urls].flat(),
      tokens: (audience, scope, actsFor = '') => Promise.resolve(`token.${audience}.${scope}.${actsFor}`),
    }),
    policy: makePolicy({ name: 'catalog', timeoutMs: 5_000, retries: 0, watch: () => () => 0, ...options }),
  });
/** An address without a server. */
const closedUrl = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;
const get: Call = { method: 'GET', path: '/things', scope: 'things' };

beforeAll(async () => {
  ({ url } = await serve((request, response) => {
    void text(request).then((body) => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body });
      answer(response);
    });
  }));
});
beforeEach(() => {
  received = [];
  answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}');
});

describe('calling another service', () => {
  it('sends the request with a token for the callee, the scope and the user', async () => {
    const client = clientOf(url);
    const call: Call = {
      method: 'POST',
      path: '/things',
      query: { a: 'ä b' },
      body: { name: 'x' },
      scope: 'things:write',
      actsFor: 'u-1',
      idempotencyKey: 'key-12345',
    };
    expect(await client(call)).toEqual({ status: 200, body: { a: 1 } });
    expect(received).toMatchObject([
      {
        method: 'POST',
        url: '/things?a=%C3%A4%20b',
        body: '{"name":"x"}',
        headers: {
          authorization: 'Bearer token.catalog.things:write.u-1',
          'content-type': 'application/json',
          'idempotency-key': 'key-12345',
        },
      },
    ]);
  });

  it('forwards correlation id and trace', async () => {
    const client = clientOf(url);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await runBecauseOf({ correlationId: 'story-1', causationId: 'e-1', traceparent }, () => client(get));
    await client(get);
    expect(received[0]?.headers).toMatchObject({ 'x-correlation-id': 'story-1', traceparent });
    expect(received[1]?.headers).not.toHaveProperty('x-correlation-id');
    expect(received[1]?.headers).not.toHaveProperty('content-type');
  });

  it.each([204, 404, 409, 422])('returns a %i as a response', async (status) => {
    answer = (response) => response.writeHead(status).end(status === 204 ? undefined : '{"code":"NO"}');
    expect(await clientOf(url, { retries: 3 })(get)).toEqual({
      status,
      body: status === 204 ? undefined : { code: 'NO' },
    });
    expect(received).toHaveLength(1);
  });

  it.each([500, 502, 503])('treats %i as an outage, and retries if that is safe', async (status) => {
    answer = (response) => response.writeHead(status).end('{}');
    await expect(clientOf(url, { retries: 1 })(get)).rejects.toThrow(Outage);
    expect(received).toHaveLength(2);
  });

  it('reports overload if the callee does, and does not retry at once', async () => {
    answer = (response) => response.writeHead(503).end('{"code":"OVERLOADED"}');
    await expect(clientOf(url, { retries: 1 })(get)).rejects.toThrow(Overloaded);
    expect(received).toHaveLength(1);
  });

  it('treats a response that breaks off as an outage', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":', () => response.destroy());
    };
    await expect(clientOf(url)(get)).rejects.toThrow(Outage);
  });

  it('treats an unreadable response as an outage', async () => {
    answer = (response) => response.writeHead(200).end('<html>');
    await expect(clientOf(url)(get)).rejects.toThrow(Outage);
  });

  it('treats an unreachable callee as an outage', async () => {
    await expect(clientOf(await closedUrl())(get)).rejects.toThrow(Outage);
  });

  it('tries the next instance if one is unreachable, for every call: nothing was sent', async () => {
    const create: Call = { method: 'POST', path: '/things', scope: 'things', body: {} };
    expect(await clientOf([await closedUrl(), url])(create)).toMatchObject({ status: 200 });
    expect(received).toHaveLength(1);
  });

  it('tries no other instance after one broke off: the call may have taken effect', async () => {
    answer = (response) => response.destroy();
    await expect(clientOf([url, url])(get)).rejects.toThrow(Outage);
    expect(received).toHaveLength(1);
  });

  it('times out without a response', async () => {
    answer = () => undefined;
    await expect(clientOf(url, { timeoutMs: 20 })(get)).rejects.toThrow(TimedOut);
  });
});
