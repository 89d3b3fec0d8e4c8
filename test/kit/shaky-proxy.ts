import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '#adapters/system/free-port.ts';

/** A proxy between processes that breaks connections on request. */
export class ShakyProxy {
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  /** An address that leads to `address` (`http://host:port`, or `host:port`). */
  readonly via = async (address: string): Promise<string> => {
    const { hostname, port } = new URL(address.includes('//') ? address : `tcp://${address}`);
    const server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => undefined);
        one.once('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    this.#servers.push(server);
    const ours = await freePort();
    server.listen(ours, '127.0.0.1');
    await once(server, 'listening');
    return address.replace(`:${port}`, `:${ours}`);
  };

  /** Breaks the connections that `isHit` picks, in the middle of whatever they carry. */
  drop(isHit: () => boolean): number {
    const hit = [...this.#sockets].filter(isHit);
    for (const socket of hit) socket.resetAndDestroy();
    return hit.length;
  }

  close(): void {
    for (const server of this.#servers) server.close();
    this.drop(() => true);
  }
}
