import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Permissions of group and others: none. */
const OTHERS = 0o077;
/** Created by `npm run engines`: data folders of servers, which run as other users if root starts them. */
const ENGINES = 'engines';

/** Makes new files and folders of this process accessible only to their owner. */
export const keepFilesPrivate = (): void => {
  process.umask(OTHERS);
};

/**
 * Makes `folder` and its content accessible only to its owner: it holds keys, mails and customers' data. Engines started by
 * root run as other users, so these may pass through to `engines`, but read nothing else.
 */
export const openDataFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  close(folder);
  if (process.getuid?.() === 0 && existsSync(join(folder, ENGINES))) chmodSync(folder, 0o711);
};

/** For files that were created with another umask. */
const close = (path: string): void => {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if ((found.mode & OTHERS) !== 0) chmodSync(path, found.isDirectory() ? 0o700 : 0o600);
  if (!found.isDirectory()) return;
  for (const name of readdirSync(path)) if (name !== ENGINES) close(join(path, name));
};
