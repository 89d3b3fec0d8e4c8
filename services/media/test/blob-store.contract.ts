import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { atFileEnd } from '#test/kit/cleanup.ts';
import type { BlobStore } from '../core/ports/blob-store.ts';

const SHA = 'ab'.repeat(32);

const read = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
};

/** What every store of files does. */
export const blobStoreContract = (name: string, open: (folder: string) => Promise<BlobStore>): void => {
  describe(`files in ${name}`, () => {
    let folder: string;
    let blobs: BlobStore;
    const put = async (key: string, text: string): Promise<void> => {
      const path = join(folder, 'to-store');
      await writeFile(path, text);
      await blobs.put(key, path, 'image/png');
    };
    const listed = async (prefix: string): Promise<readonly string[]> => {
      const keys: string[] = [];
      for await (const key of blobs.list(prefix)) keys.push(key);
      return keys.sort();
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'blobs-'));
      atFileEnd(() => rm(folder, { recursive: true, force: true }));
      blobs = await open(join(folder, 'store'));
    });

    it('are as they were stored last', async () => {
      const key = `files/${SHA}-one.png`;
      await put(key, 'first');
      await put(key, 'second');
      expect(await blobs.sizeOf(key)).toBe(6);
      expect(await read(blobs.open(key))).toBe('second');
    });

    it('can be read in part', async () => {
      const key = `files/${SHA}-part.png`;
      await put(key, '0123456789');
      expect(await read(blobs.open(key, { first: 2, last: 4 }))).toBe('234');
      expect(await read(blobs.open(key, { first: 9, last: 9 }))).toBe('9');
    });

    it('may be large', async () => {
      const key = `files/${SHA}-large.png`;
      const text = 'x'.repeat(300_000);
      await put(key, text);
      expect(await read(blobs.open(key))).toBe(text);
    });

    it('are missing until they are stored, and once they are removed', async () => {
      const [key, other] = [`files/${SHA}-gone.png`, `files/${SHA}-never.png`];
      expect(await blobs.sizeOf(key)).toBeUndefined();
      await put(key, 'x');
      await blobs.remove([key, other]);
      expect(await blobs.sizeOf(key)).toBeUndefined();
      await expect(read(blobs.open(key))).rejects.toThrow();
    });

    it('are listed by the beginning of their keys', async () => {
      const keys = ['1', '2'].map((digit) => `files/${digit.repeat(64)}-listed.png`);
      for (const key of keys) await put(key, 'x');
      await put(`incoming/${SHA}`, 'x');
      expect((await listed('files/')).filter((key) => key.endsWith('-listed.png'))).toEqual(keys);
      expect(await listed('incoming/')).toEqual([`incoming/${SHA}`]);
      expect(await listed('nothing/')).toEqual([]);
    });
  });
};
