import { once } from 'node:events';
import { connect } from 'node:net';
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LIMITS } from './limits.ts';
import { listen } from './server.ts';

const agent = new Agent({ keepAlive: true });
/** Resolves to the response text; rejects if it is cut off. */
const ask = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ port, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text)).on('error', reject);
    }).on('error', reject);
  });

afterEach(() => {
  vi.useRealTimers();
});

/** With `count` header lines in total. */
const headOf = (target: string, count = 2): string =>
  [
    `GET ${target} HTTP/1.1`,
    'Host: a',
    'Connection: close',
    ...Array.from({ length: count - 2 }, (_, index) => `x-${index}: 1`),
    '',
    '',
  ].join('\r\n');

describe('a server', () => {
  it('listens on a free port by default, and reports a port in use', async () => {
    const server = await listen((_, response) => response.end('hello'), 0, '127.0.0.1');
    expect(await ask(server.port)).toBe('hello');
    await expect(listen(() => undefined, server.port, '127.0.0.1')).rejects.toThrow('EADDRINUSE');
    await server.close();
    await expect(ask(server.port)).rejects.toThrow();
  });

  it('finishes current requests when it closes, and does not wait for idle connections', async () => {
    const begun = Promise.withResolvers<ServerResponse>();
    const answering = (request: IncomingMessage, response: ServerResponse): void => {
      if (request.headers['x-slow'] === undefined) response.end('quick');
      else begun.resolve(response);
    };
    const server = await listen(answering, 0, '127.0.0.1');
    await ask(server.port); // leaves an idle connection
    const slow = fetch(`http://127.0.0.1:${server.port}`, { headers: { 'x-slow': '1' } });
    const response = await begun.promise;
    const closed = server.close();
    response.end('slow');
    expect(await (await slow).text()).toBe('slow');
    await closed;
  });

  it('ends event streams as soon as it closes', async () => {
    const server = await listen(
      (_, response) => response.setHeader('content-type', 'text/event-stream').write('data: 1\n\n'),
      0,
      '127.0.0.1',
    );
    const { body } = await fetch(`http://127.0.0.1:${server.port}`);
    const reader = body?.getReader();
    await reader?.read();
    vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }); // it waits for none
    await server.close();
    await expect(reader?.read()).rejects.toThrow('terminated');
  });

  it('responds for a while as it drains, each time closing the connection, and then stops', async () => {
    const server = await listen((_, response) => response.end('hello'), 0, '127.0.0.1', 5_000);
    const connection = async (): Promise<string | null> =>
      (await fetch(`http://127.0.0.1:${server.port}`)).headers.get('connection');
    expect(await connection()).toBe('keep-alive');
    vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const closed = server.close();
    vi.advanceTimersByTime(4_999);
    expect(await connection()).toBe('close');
    vi.advanceTimersByTime(1);
    await closed;
    await expect(connection()).rejects.toThrow('fetch failed');
  });

  it.each([
    ['is not HTTP', 'hello\r\n\r\n', 400, 'VALIDATION_FAILED'],
    ['has an invalid header', 'GET / HTTP/1.1\r\nno header\r\n\r\n', 400, 'VALIDATION_FAILED'],
    ['exceeds the limit of Node', headOf(`/${'x'.repeat(20_000)}`), 431, 'HEADERS_TOO_LARGE'],
    ['has too long a URI', headOf(`/${'x'.repeat(LIMITS.urlBytes)}`), 414, 'URI_TOO_LONG'],
    ['has too many headers', headOf('/', LIMITS.headers + 1), 431, 'HEADERS_TOO_LARGE'],
  ])('returns a problem if a request %s', async (_, text, status, code) => {
    const server = await listen((_request, response) => response.end('hello'), 0, '127.0.0.1');
    const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
    socket.write(text);
    const answer = (await socket.toArray()).join('');
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('Content-Type: application/problem+json\r\n');
    const [problem] = /\{.*\}/.exec(answer) ?? [];
    expect(JSON.parse(problem ?? '')).toMatchObject({ code, status });
    await server.close();
  });

  it('accepts a URI and headers at the limit', async () => {
    const server = await listen((_request, response) => response.end('hello'), 0, '127.0.0.1');
    for (const text of [headOf(`/${'x'.repeat(LIMITS.urlBytes - 1)}`), headOf('/', LIMITS.headers)]) {
      const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
      socket.write(text);
      expect((await socket.toArray()).join('')).toContain('HTTP/1.1 200 OK');
    }
    await server.close();
  });

  it('writes no problem into a response that has begun', async () => {
    const server = await listen((_request, response) => response.write('begun'), 0, '127.0.0.1');
    const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    const seen: string[] = [];
    socket.on('data', (chunk: string) => {
      seen.push(chunk);
      socket.write('no chunk\r\n');
    });
    await once(socket, 'close');
    expect(seen.join('')).toContain('begun');
    expect(seen.join('')).not.toContain('VALIDATION_FAILED');
    await server.close();
  });

  it('cuts off requests that do not end', async () => {
    const begun = Promise.withResolvers<undefined>();
    const server = await listen(() => begun.resolve(undefined), 0, '127.0.0.1');
    const endless = ask(server.port).catch(() => 'cut off');
    await begun.promise;
    vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const closed = server.close();
    vi.advanceTimersByTime(10_000);
    await closed;
    expect(await endless).toBe('cut off');
  });
});
