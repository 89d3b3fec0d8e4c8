import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFiles } from '../adapters/lake/folder-files.ts';
import { lakeFilesContract } from './lake-files.contract.ts';
import { lakeFolder } from './lake.rig.ts';

lakeFilesContract('a folder', () => {
  const folder = lakeFolder();
  return Promise.resolve({
    files: folderFiles(folder),
    read: (key: string) => readFile(join(folder, key), 'utf8'),
  });
});
