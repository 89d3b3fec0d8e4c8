import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports that the kernel never assigns to clients: a client that keeps connecting to such a port while its server is down could
 * end up connected to itself.
 */
const RANGE = { from: 20_000, to: 30_000 };

/** Whether `port` of the loopback address is free. */
export const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
};

/** Ports that were returned but are not in use yet. */
const given = new Set<number>();

/** The first of `count` consecutive loopback ports that are free and were not returned before. */
export const freePort = async (count = 1): Promise<number> => {
  for (;;) {
    const first = RANGE.from + Math.floor(Math.random() * (RANGE.to - RANGE.from));
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if (ports.some((port) => given.has(port))) continue;
    for (const port of ports) given.add(port);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
};
