import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import type { LakeFiles } from '../adapters/lake/lake-files.ts';

interface Opened {
  readonly files: LakeFiles;
  /** The content of the file with a key. */
  readonly read: (key: string) => Promise<string>;
}

/** @param open an empty place */
export const lakeFilesContract = (name: string, open: () => Promise<Opened>): void => {
  describe(`the files of a lake in ${name}`, () => {
    const aFile = (content: string): string => {
      const path = join(temporaryFolder(), 'file');
      writeFileSync(path, content);
      return path;
    };

    it('are there by their key, and are replaced if they are stored again', async () => {
      const { files, read } = await open();
      const key = 'event_type=order.placed/day=2026-03-01/one.parquet';
      await files.put(key, aFile('first'));
      expect(await read(key)).toBe('first');
      await files.put(key, aFile('second'));
      expect(await read(key)).toBe('second');
    });

    it('are not there if what is stored cannot be read', async () => {
      const { files, read } = await open();
      await expect(files.put('a/b.parquet', join(temporaryFolder(), 'none'))).rejects.toThrow();
      await expect(read('a/b.parquet')).rejects.toThrow();
    });
  });
};
