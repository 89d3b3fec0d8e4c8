import { readFile } from 'node:fs/promises';
import type { BlobStore, ByteRange } from '../../core/ports/blob-store.ts';

/** As `createReadStream` reads. */
const CHUNK = 64 * 1_024;

/** Files in memory, for tests and the profile `memory`. */
export const memoryBlobs = (): BlobStore => {
  const blobs = new Map<string, Uint8Array>();
  return {
    put: async (key, path) => {
      blobs.set(key, await readFile(path));
    },
    sizeOf: (key) => Promise.resolve(blobs.get(key)?.length),
    open: async function* (key: string, range?: ByteRange) {
      const found = blobs.get(key);
      if (!found) throw new Error(`there is no file ${key}`);
      const { first, last } = range ?? { first: 0, last: found.length - 1 };
      for (let at = first; at <= last; at += CHUNK) {
        yield found.subarray(at, Math.min(at + CHUNK, last + 1));
        await Promise.resolve();
      }
    },
    remove: (keys) => {
      for (const key of keys) blobs.delete(key);
      return Promise.resolve();
    },
    list: async function* (prefix: string) {
      for (const key of [...blobs.keys()]) if (key.startsWith(prefix)) yield await Promise.resolve(key);
    },
  };
};
