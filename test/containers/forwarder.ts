import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

/** Passes connections to `host:port` on to a port of 127.0.0.1, so that containers reach what listens there only. */
export const forward = async (host: string, port: number, to: number): Promise<Server> => {
  const server = createServer((from) => {
    const onward = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [from, onward],
      [onward, from],
    ] as const)
      // prettier-ignore
      one.pipe(other).on('error', () => one.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
};
