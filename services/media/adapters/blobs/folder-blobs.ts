import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobStore, ByteRange } from '../../core/ports/blob-store.ts';
import { isMissing, onDisk } from './outage.ts';

/** Keys are made by this service, never from what a client sends; one that is not so is a bug. */
const KEY = /^(?<folder>[a-z]+)\/(?<name>[0-9a-z][0-9a-z.-]*)$/;

/** Folders of at most a few thousand files, as some file systems slow down with more. */
const shardOf = (name: string): string => name.slice(0, 2);

/**
 * Files in a folder.
 * @param folder on the same file system as the spool, so that storing a file is renaming it
 */
export const folderBlobs = (folder: string): BlobStore => {
  const pathOf = (key: string): string => {
    const { folder: part = '', name = '' } = KEY.exec(key)?.groups ?? {};
    if (name === '') throw new Error(`${key} is not a key`);
    return join(folder, part, shardOf(name), name);
  };
  return {
    put: (key, path) =>
      onDisk(async () => {
        const target = pathOf(key);
        await mkdir(dirname(target), { recursive: true });
        await rename(path, target).catch(async (error: unknown) => {
          if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
          await copyFile(path, `${target}.new`);
          await rename(`${target}.new`, target);
        });
      }),
    sizeOf: async (key) => {
      try {
        return (await stat(pathOf(key))).size;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    // Opened at the first read: a stream that nobody reads must not stay open.
    open: async function* (key: string, range?: ByteRange) {
      const stream = createReadStream(pathOf(key), range && { start: range.first, end: range.last });
      yield* stream as AsyncIterable<Buffer>;
    },
    remove: async (keys) => {
      for (const key of keys) await rm(pathOf(key), { force: true });
    },
    list: async function* (prefix: string) {
      const [part = '', start = ''] = prefix.split('/');
      const shards = await readdir(join(folder, part)).catch(() => []);
      for (const shard of shards)
        for (const name of await readdir(join(folder, part, shard)))
          if (name.startsWith(start) && KEY.test(`${part}/${name}`)) yield `${part}/${name}`;
    },
  };
};
