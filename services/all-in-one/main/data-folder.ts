import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Neither group nor others. */
const OTHERS = 0o077;
/** What `npm run engines` keeps there: servers' own folders, of other users where root runs them. */
const ENGINES = 'engines';

/**
 * Makes `folder` and all that is in it, or will be, its owner's alone: it holds keys, mails and what customers have told us.
 * Root's servers run as users of their own, so they may pass through to `engines`, and see nothing.
 */
export const openDataFolder = (folder: string): void => {
  process.umask(OTHERS);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  close(folder);
  if (process.getuid?.() === 0 && existsSync(join(folder, ENGINES))) chmodSync(folder, 0o711);
};

/** What was made before, under another umask. */
const close = (path: string): void => {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if ((found.mode & OTHERS) !== 0) chmodSync(path, found.isDirectory() ? 0o700 : 0o600);
  if (!found.isDirectory()) return;
  for (const name of readdirSync(path)) if (name !== ENGINES) close(join(path, name));
};
