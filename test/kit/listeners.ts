import { Server, type AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** Where `open` makes this process listen, of whatever protocol. */
export const listenersOf = async (open: () => Promise<unknown>): Promise<readonly AddressInfo[]> => {
  const listened = vi.spyOn(Server.prototype, 'listen');
  try {
    await open();
    return listened.mock.contexts
      .map((server) => (server instanceof Server ? server.address() : null))
      .filter((address) => typeof address === 'object' && address !== null);
  } finally {
    listened.mockRestore();
  }
};
