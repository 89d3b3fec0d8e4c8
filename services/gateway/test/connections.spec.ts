import { beforeEach, describe, expect, it } from 'vitest';
import { openGateway, type TestGateway } from './stub.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await openGateway();
});

describe('a request whose connection breaks', () => {
  const once = (): void => {
    let isFirst = true;
    gateway.answer((_, response) => {
      if (isFirst) response.destroy();
      else response.writeHead(200).end();
      isFirst = false;
    });
  };

  it('is sent to the next instance if that is safe', async () => {
    once();
    expect(await gateway.send('GET', '/api/v1/cart')).toMatchObject({ status: 200 });
    once();
    const headers = { 'idempotency-key': 'key-12345' };
    expect(await gateway.send('POST', '/api/v1/orders', { headers })).toMatchObject({ status: 200 });
  });

  it('is not sent again if it might take effect twice', async () => {
    once();
    expect(await gateway.send('POST', '/api/v1/orders')).toMatchObject({ status: 503 });
    once();
    const headers = { 'idempotency-key': 'key-12345' }; // this operation does not use keys
    expect(await gateway.send('POST', '/api/v1/login', { headers })).toMatchObject({ status: 503 });
    expect(gateway.received).toHaveLength(2);
  });
});

describe('a stream', () => {
  it('is sent as it is produced, and ends at the service when its client disconnects', async () => {
    const closed = Promise.withResolvers<undefined>();
    gateway.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      response.on('close', () => closed.resolve(undefined));
    });
    const abort = new AbortController();
    const { body, headers } = await fetch(`${gateway.url}/api/v1/progress`, { signal: abort.signal });
    expect(headers.get('content-type')).toBe('text/event-stream');
    const read = await body?.pipeThrough(new TextDecoderStream()).getReader().read();
    expect(read?.value).toBe('data: 1\n\n');
    abort.abort();
    await closed.promise;
  });

  it('uses no connection that other requests need, however many are open', async () => {
    gateway = await openGateway({ GATEWAY_STREAMS_PER_ADDRESS: '200' });
    gateway.answer(({ url }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (url === '/api/v1/progress') response.write('data: 1\n\n');
      else response.end();
    });
    const abort = new AbortController();
    const open = () => fetch(`${gateway.url}/api/v1/progress`, { signal: abort.signal });
    await Promise.all(Array.from({ length: 130 }, open));
    expect(await gateway.send('GET', '/api/v1/cart')).toMatchObject({ status: 200 });
    abort.abort();
  });

  it('is cut off when the service breaks off', async () => {
    gateway.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n', () => response.destroy());
    });
    const response = await fetch(`${gateway.url}/api/v1/progress`);
    await expect(response.text()).rejects.toThrow();
  });
});
