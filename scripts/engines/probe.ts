import { createConnection } from 'node:net';
import { once } from 'node:events';

export const HOST = '127.0.0.1';
const PATIENCE_MS = 2_000;

/** The first bytes that a server answers to `question`; without one, nothing once it has accepted. Throws if it does not. */
export const ask = async (port: number, question?: string | Buffer): Promise<Buffer> => {
  const socket = createConnection({ host: HOST, port, timeout: PATIENCE_MS });
  socket.once('timeout', () => socket.destroy(new Error(`port ${port} does not respond`)));
  try {
    await once(socket, 'connect');
    if (question === undefined) return Buffer.alloc(0);
    socket.write(question);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer;
  } finally {
    socket.destroy();
  }
};

/** Whether GET returns 200. */
export const isServed = async (url: string): Promise<boolean> => {
  const { ok } = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return ok;
};
