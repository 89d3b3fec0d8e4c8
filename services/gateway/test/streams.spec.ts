import { describe, expect, it } from 'vitest';
import { OpenStreams } from '../streams.ts';
import { openGateway, type TestGateway } from './stub.ts';

describe('open streams', () => {
  const limits = { perUser: 2, perAddress: 3, inAll: 4 };

  it('are limited per user, across addresses', () => {
    const streams = new OpenStreams(limits);
    const [first] = [streams.open('u', 'a'), streams.open('u', 'b')];
    expect(streams.open('u', 'c')).toBe('caller has too many');
    expect(streams.open('v', 'c')).toEqual(expect.any(Function));
    for (let time = 0; time < 2; time += 1) if (typeof first === 'function') first(); // the second call has no effect
    expect(streams.open('u', 'c')).toEqual(expect.any(Function));
    expect(streams.open('w', 'd')).toEqual(expect.any(Function));
    expect(streams.open('x', 'e')).toBe('full');
  });

  it('are limited per address, across users', () => {
    const streams = new OpenStreams(limits);
    for (const user of ['u', 'v', undefined]) expect(streams.open(user, 'a')).toEqual(expect.any(Function));
    expect(streams.open('w', 'a')).toBe('caller has too many');
    expect(streams.open(undefined, 'a')).toBe('caller has too many');
    expect(streams.open(undefined, 'b')).toEqual(expect.any(Function));
  });
});

describe('a stream at the gateway', () => {
  let gateway: TestGateway;

  it('is refused at the limit until another ends', async () => {
    gateway = await openGateway({ GATEWAY_STREAMS_PER_USER: '2' });
    gateway.answer(({ url }, response) => {
      if (!url.endsWith('/own-progress')) return response.end();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      return response.write('data: 1\n\n');
    });
    const authorization = `Bearer ${await gateway.userToken()}`;
    const open = async (): Promise<{ status: number; close: () => void }> => {
      const abort = new AbortController();
      const { signal } = abort;
      const { status } = await fetch(`${gateway.url}/api/v1/own-progress`, {
        headers: { authorization },
        signal,
      });
      return { status, close: () => abort.abort() };
    };
    const [first, second, third] = [await open(), await open(), await open()];
    expect([first.status, second.status, third.status]).toEqual([200, 200, 429]);
    expect((await gateway.send('GET', '/api/v1/cart')).status).not.toBe(429);
    first.close();
    let again = await open();
    for (; again.status === 429; again = await open()) await new Promise(setImmediate);
    expect(again.status).toBe(200);
    second.close();
    again.close();
  });
});
