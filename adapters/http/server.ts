import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LIMITS } from './limits.ts';
import { refuseOversized } from './oversized.ts';
import { answerUnreadable } from './unreadable.ts';
import { isEndless } from './write-stream.ts';

export interface HttpServer {
  readonly port: number;
  /** Accepts no new requests, ends event streams, and waits for current requests. */
  close(): Promise<void>;
}

/**
 * Listens on `host:port`; port 0 picks a free port.
 * @param drainMs how long a closing server still responds, each time closing the connection, so that clients with an open
 *   connection and load balancers have time to move on. 0 for a single instance, which no other could replace.
 */
export const listen = async (
  listener: RequestListener,
  port: number,
  host: string,
  drainMs = 0,
): Promise<HttpServer> => {
  let isDraining = false;
  const open = new Set<ServerResponse>();
  const server = createServer({ keepAliveTimeout: 65_000 });
  server.maxConnections = LIMITS.connections;
  server.on('request', (_request, response) => {
    if (isDraining) response.setHeader('Connection', 'close');
    open.add(response);
    // A connection that was busy when the server closed would otherwise be kept alive.
    response.once('close', () => {
      open.delete(response);
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  server.on('request', (request, response) => {
    if (!refuseOversized(request, response)) listener(request, response);
  });
  answerUnreadable(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: portOf(server),
    close: async () => {
      isDraining = true;
      if (drainMs > 0) await new Promise((resolve) => setTimeout(resolve, drainMs));
      await close(server, open);
    },
  };
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const GRACE_MS = 10_000;

const close = async (server: Server, open: Iterable<ServerResponse>): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  for (const response of open) if (isEndless(response)) response.destroy();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE_MS);
  await closed;
  clearTimeout(timer);
};
