import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { makeNeighbours } from '#adapters/service/neighbours.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { Overloaded } from '#adapters/resilience/bulkhead.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import {
  FILE,
  ID,
  openEdge,
  SECRET,
  spec,
  THING,
  type Edge,
  type EdgeOptions,
} from '#adapters/http/test/edge.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { makeSend, type Send } from '#test/kit/http.ts';
import { prepareGateway, type GatewayParts } from '../main/gateway.ts';
import { gatewayKey } from './stub.ts';

type Upstream = Pick<GatewayParts, 'addressesOf' | 'neighbours'>;

const TRANSPORTS: Readonly<Record<string, (edge: Edge) => Upstream>> = {
  // One instance cannot be reached.
  'over HTTP': ({ url }) => ({ addressesOf: () => ['http://127.0.0.1:1', url] }),
  'in process': ({ inProcess }) => {
    const neighbours = makeNeighbours();
    neighbours.http.publish('edge', inProcess);
    return { addressesOf: () => [], neighbours };
  },
};

const logger = makeLogger({ service: 'gateway', level: 'silent' });

/** The parts of a response that do not differ between requests. */
const ITSELF = [
  'date',
  'connection',
  'keep-alive',
  'x-correlation-id',
  'transfer-encoding',
  'content-length',
];

describe.each(Object.entries(TRANSPORTS))('a service behind the gateway, reached %s', (_, upstreamTo) => {
  let edge: Edge;
  let url: string;
  let send: Send;

  const open = async (options: EdgeOptions = {}, env: Readonly<Record<string, string>> = {}) => {
    edge = await openEdge(options);
    const gateway = await prepareGateway({
      specs: [{ service: 'edge', spec }],
      ...upstreamTo(edge),
      verify: edge.verify,
      key: gatewayKey,
      bus: new InProcessBus(noJournal, logger),
      logger,
      metrics: new Metrics('gateway'),
      security: { note: () => undefined },
      env,
      pages: { profile: 'test', accounts: [], links: () => [] },
      host: '127.0.0.1',
      port: 0,
    }).start();
    atEnd(gateway.stop);
    url = `http://127.0.0.1:${gateway.port}`;
    send = makeSend(url);
  };
  beforeEach(() => open());

  it('receives the caller, the address, the correlation id and the idempotency key', async () => {
    const answer = await send('POST', '/things', {
      token: await edge.userToken('customer'),
      body: { name: 'a', of: ID.toUpperCase() },
      headers: { 'idempotency-key': 'key-12345', 'x-correlation-id': 'story-1' },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        body: { name: 'a', of: ID },
        principal: { kind: 'user', userId: 'u-1', roles: ['customer'] },
        address: '127.0.0.1',
        idempotency: { principal: 'user:u-1', operation: 'makeThing', key: 'key-12345' },
        cause: { correlationId: 'story-1', causationId: 'story-1' },
      },
    });
  });

  it('takes files as they arrive, and refuses them in between', async () => {
    await open({
      takeFile: async (file) => {
        let bytes = 0;
        for await (const chunk of file) bytes += chunk.length;
        return { bytes };
      },
    });
    const post = (body: ReadableStream): Promise<Response> =>
      fetch(`${url}/files`, { method: 'POST', body, duplex: 'half' });
    const chunks = Array.from({ length: 9 }, () => Buffer.alloc(100_000));
    expect(await (await post(ReadableStream.from(chunks))).json()).toEqual({ bytes: 900_000 });
    const endless = ReadableStream.from(
      (async function* () {
        for (;;) {
          yield Buffer.alloc(100_000);
          await new Promise(setImmediate);
        }
      })(),
    );
    const refused = await post(endless);
    expect([refused.status, await refused.json()]).toMatchObject([413, { code: 'PAYLOAD_TOO_LARGE' }]);
  });

  it('gives files, or only their headers', async () => {
    const whole = await fetch(`${url}/files`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(FILE)).toBe(true);
    const { status, headers } = await fetch(`${url}/files`, { method: 'HEAD' });
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(whole.headers.get('content-length')).toBe(String(FILE.length));
    expect(headers.get('content-length')).toBe(String(FILE.length));
  });

  it('returns the same as when called directly', async () => {
    const token = await edge.userToken();
    const json = { 'content-type': 'application/json' };
    const csv = { 'content-type': 'text/csv; charset=windows-1252' };
    const requests = [
      ['GET', `${THING}?limit=7&ids=${ID}&unknown=1`, {}],
      ['GET', `${THING}?limit=many`, {}],
      ['GET', '/things/%E0%A4%A', {}],
      ['GET', '/text', {}],
      ['GET', '/empty', {}],
      ['GET', '/refused', {}],
      ['GET', '/wrong', {}],
      ['GET', '/unhandled', {}],
      ['GET', '/mine', { token }],
      ['POST', '/things', { token, body: { name: 'a' }, headers: { 'idempotency-key': 'key-12345' } }],
      ['POST', '/things', { token, body: { name: '', more: 1 } }],
      ['POST', '/things', { token, body: '{"name":', headers: json }],
      ['POST', '/things', { token, body: '<a/>', headers: { 'content-type': 'application/xml' } }],
      ['POST', '/things', { token, body: '{}', headers: { 'content-type': 'application/json; charset=klingon' } }],
      ['POST', '/things', { token, body: gzipSync('{"name":"a"}'), headers: { ...json, 'content-encoding': 'gzip' } }],
      ['POST', '/things', { token, body: 'no gzip', headers: { ...json, 'content-encoding': 'gzip' } }],
      ['POST', '/things', { token, body: 'x', headers: { ...json, 'content-encoding': 'rot13' } }],
      ['POST', '/things', { token, body: '{"name":"a"}', headers: { ...json, 'content-encoding': 'constructor' } }],
      ['POST', '/things', { token, body: gzipSync(`{"name":"${'x'.repeat(2_000_000)}"}`), headers: { ...json, 'content-encoding': 'gzip' } }],
      ['POST', '/texts', { body: Buffer.from([0x4d, 0xfc]), headers: csv }],
      ['PUT', THING, { token: await edge.userToken('admin'), body: { name: 'a' }, headers: { 'if-match': 'seven' } }],
    ] as const; // prettier-ignore
    for (const [method, path, options] of requests) {
      const headers = { 'x-correlation-id': 'story-1', ...('headers' in options ? options.headers : {}) };
      const [itself, behind] = [
        await edge.send(method, path, { ...options, headers }),
        await send(method, path, { ...options, headers }),
      ];
      expect({ path, status: behind.status, body: withoutHeaders(behind.body) }).toEqual({
        path,
        status: itself.status,
        body: withoutHeaders(itself.body),
      });
      for (const [header, value] of itself.headers)
        if (!ITSELF.includes(header)) expect([header, behind.headers.get(header)]).toEqual([header, value]);
    }
  });

  it('receives no claims of the client about itself on public operations', async () => {
    const token = await edge.userToken();
    expect((await send('GET', THING, { token })).body).toMatchObject({ principal: { kind: 'guest' } });
    expect(edge.seen()).not.toHaveProperty('headers.authorization');
  });

  it('writes refusals to the security log, with caller and address', async () => {
    await open({ thrown: {} });
    const token = await edge.userToken('catalog_manager');
    await send('PUT', THING, { token, body: { name: 'a' } });
    expect(edge.noted).toEqual([
      {
        event: 'staff_act',
        actor: 'user:u-1',
        address: '127.0.0.1',
        operation: 'editThing',
        details: { id: ID, audit: 'catalogue', status: 200 },
      },
    ]);
  });

  it('reveals no details of a failure, and returns when to retry', async () => {
    await open({
      thrown: {
        bug: () => new TypeError(SECRET),
        busy: () => new Overloaded(SECRET),
        away: () => new Outage(SECRET),
      },
    });
    for (const [what, status, code] of [
      ['bug', 500, 'INTERNAL'],
      ['busy', 503, 'OVERLOADED'],
      ['away', 503, 'UNAVAILABLE'],
    ] as const) {
      const answer = await send('GET', `/thrown/${what}`);
      expect(answer).toMatchObject({ status, body: { code } });
      expect(JSON.stringify(answer.body)).not.toContain(SECRET);
      if (status === 503) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  it('gets its request aborted when it takes too long, and the client gets 503', async () => {
    const told = Promise.withResolvers<undefined>();
    const slow = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => {
          told.resolve(undefined);
          reject(new Error('nobody waits'));
        });
      });
    await open({ slow }, { GATEWAY_ANSWER_MS: '50' });
    expect(await send('GET', '/slow')).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    await told.promise;
  });

  it('gets its request aborted when the client disconnects', async () => {
    const begun = Promise.withResolvers<undefined>();
    const told = Promise.withResolvers<undefined>();
    await open({
      slow: (signal) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => {
            told.resolve(undefined);
            reject(new Error('nobody waits'));
          });
          begun.resolve(undefined);
        }),
    });
    const abort = new AbortController();
    const asking = fetch(`${url}/slow`, { signal: abort.signal }).catch(() => undefined);
    await begun.promise;
    abort.abort();
    await Promise.all([told.promise, asking]);
  });

  it('gives 503 once it has stopped, and is not ready', async () => {
    expect(await send('GET', '/health/ready')).toMatchObject({
      body: { status: 'ready', services: { edge: 'ready' } },
    });
    await edge.inProcess.stop();
    await edge.close();
    const answer = await send('GET', '/empty');
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  describe('with a stream', () => {
    const streaming = (stream: EdgeOptions['stream']): Promise<void> =>
      open(stream === undefined ? {} : { stream });
    const opened = async (seconds: number): Promise<Response> =>
      fetch(`${url}/stream`, { headers: { authorization: `Bearer ${await edge.shortToken(seconds)}` } });

    it('sends data as it is produced', async () => {
      const go = Promise.withResolvers<undefined>();
      await streaming(async function* () {
        yield 'data: 1\n\n';
        await go.promise;
        yield 'data: 2\n\n';
      });
      const { body, headers } = await opened(60);
      expect(headers.get('content-type')).toContain('text/event-stream');
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
      expect((await reader?.read())?.value).toBe('data: 1\n\n');
      go.resolve(undefined);
      expect((await reader?.read())?.value).toBe('data: 2\n\n');
      expect((await reader?.read())?.done).toBe(true);
    });

    it('is ended when the client’s token expires, even if it ignores the signal', async () => {
      await streaming(async function* () {
        yield 'data: 1\n\n';
        await new Promise(() => undefined);
      });
      expect(await (await opened(1)).text()).toBe('data: 1\n\n');
    });

    it('is ended when its client disconnects', async () => {
      const ended = Promise.withResolvers<undefined>();
      await streaming(async function* () {
        try {
          for (;;) {
            yield 'data: again\n\n'.repeat(1_000);
            await new Promise(setImmediate);
          }
        } finally {
          ended.resolve(undefined);
        }
      });
      const { body } = await opened(60);
      const reader = body?.getReader();
      await reader?.read();
      await reader?.cancel();
      await ended.promise;
    });

    it('cuts it off when it breaks', async () => {
      await streaming(async function* () {
        yield 'data: 1\n\n';
        await new Promise(setImmediate);
        throw new Error('broken');
      });
      await expect((await opened(60)).text()).rejects.toThrow();
    });

    it('returns a problem if it cannot begin', async () => {
      await streaming(() => {
        throw new Error('broken');
      });
      expect(await send('GET', '/stream')).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    });
  });
});

/** Parts of the request that the test's handler returns; transports add headers, but these must be equal. */
const withoutHeaders = (body: unknown): unknown =>
  typeof body === 'object' && body !== null
    ? Object.fromEntries(Object.entries(body).filter(([part]) => part !== 'headers'))
    : body;
