import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports that the kernel gives to no client: one that keeps knocking at such a port while its server is away would end up
 * connected to itself.
 */
const RANGE = { from: 20_000, to: 30_000 };

/** Whether nobody listens on `port` of the loopback address. */
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

/** The first of `count` ports in a row of the loopback address that nobody listens on right now. */
export const freePort = async (count = 1): Promise<number> => {
  for (;;) {
    const first = RANGE.from + Math.floor(Math.random() * (RANGE.to - RANGE.from));
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
};
