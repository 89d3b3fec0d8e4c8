import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Outage } from '#adapters/resilience/policy.ts';
import type { LakeFiles } from './lake-files.ts';

/** What is renamed before it is on disk may be empty after a power failure. */
const sync = async (path: string): Promise<void> => {
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

/**
 * Files in a folder.
 * @param folder on the same file system as the spool, so that storing a file is renaming it
 */
export const folderFiles = (folder: string): LakeFiles => ({
  put: async (key, path) => {
    const target = join(folder, key);
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await sync(path);
      await rename(path, target);
      await sync(dirname(target));
    } catch (error) {
      throw new Outage('the folder of the lake cannot be written', { cause: error });
    }
  },
});
