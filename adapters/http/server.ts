import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpServer {
  readonly port: number;
  /** Takes no new requests and waits for those under way. */
  close(): Promise<void>;
}

/** Listens on `host:port`; port 0 picks a free one. */
export const listen = async (listener: RequestListener, port: number, host: string): Promise<HttpServer> => {
  const server = createServer({ keepAliveTimeout: 65_000 }, listener);
  // A connection that was busy when the server closed would be kept alive after its answer.
  server.on('request', (_request, response) => {
    response.once('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { port: portOf(server), close: () => close(server) };
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const GRACE_MS = 10_000;

const close = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE_MS);
  await closed;
  clearTimeout(timer);
};
