import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { errors } from '@opensearch-project/opensearch';
import { describe, expect, it } from 'vitest';
import { freePort } from '#adapters/system/free-port.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { StoreUnavailable } from '../messaging/stores.ts';
import { OpenSearchConnection } from './connection.ts';

const connect = (port: number, timeoutMs = 5_000): OpenSearchConnection => {
  const connection = new OpenSearchConnection({ url: `http://127.0.0.1:${port}`, timeoutMs });
  atEnd(() => connection.close());
  return connection;
};

/** Counts the requests to a server that responds like this. */
const serve = async (port: number, listener: RequestListener): Promise<() => number> => {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    listener(request, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return () => requests;
};

const info = (connection: OpenSearchConnection): Promise<unknown> =>
  connection.run((client) => client.info());

const refusing =
  (status: number): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"error":{"type":"refused"}}');

describe('a request to OpenSearch', () => {
  it.each<[string, RequestListener]>([
    ['no response', () => undefined],
    ['half a response', (_, response) => void response.writeHead(200, { 'Content-Length': 9 }).write('{')],
  ])('ends after its timeout with %s', async (_, listener) => {
    const port = await freePort();
    const requests = await serve(port, listener);
    await expect(info(connect(port, 500))).rejects.toThrow(StoreUnavailable);
    expect(requests()).toBeLessThan(2); // on a busy machine the time may be over before the request arrives
  });

  it.each<[string, RequestListener]>([
    ['is overloaded', refusing(429)],
    ['is starting', refusing(503)],
    ['ends the connection', (request) => request.socket.destroy()],
  ])('is sent once when the server %s', async (_, listener) => {
    const port = await freePort();
    const requests = await serve(port, listener);
    await expect(info(connect(port))).rejects.toThrow(StoreUnavailable);
    expect(requests()).toBe(1);
  });

  it('reaches a server that was away', async () => {
    const port = await freePort();
    const connection = connect(port);
    await expect(info(connection)).rejects.toThrow(StoreUnavailable);
    await serve(port, (_, response) => response.end());
    await expect(info(connection)).resolves.toMatchObject({ statusCode: 200 });
  });

  it('that is refused says why', async () => {
    const port = await freePort();
    await serve(port, refusing(400));
    const refused = info(connect(port));
    await expect(refused).rejects.toThrow(errors.ResponseError);
    await expect(refused).rejects.toMatchObject({ statusCode: 400, message: 'refused' });
  });
});
