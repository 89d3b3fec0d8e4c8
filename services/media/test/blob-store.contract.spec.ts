import { describe, expect, it } from 'vitest';
import { folderBlobs } from '../adapters/blobs/folder-blobs.ts';
import { memoryBlobs } from '../adapters/blobs/memory-blobs.ts';
import { blobStoreContract } from './blob-store.contract.ts';

blobStoreContract('memory', () => Promise.resolve(memoryBlobs()));
blobStoreContract('a folder', (folder) => Promise.resolve(folderBlobs(folder)));

describe('a folder', () => {
  it.each(['files/../../etc/passwd', '../x', 'files/', 'x', 'files/a/b', 'files/.x', 'files/a\0b'])(
    'has no file for the key %j',
    async (key) => {
      await expect(folderBlobs('/nowhere').sizeOf(key)).rejects.toThrow('is not a key');
    },
  );
});
