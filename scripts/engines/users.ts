import { chmod, chown, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './install/run.ts';

/** Whom to run a server as: servers that refuse root, or should not have it, get their package's user. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** The package's user for root, otherwise the current user. */
export const packageUser = async (name: string): Promise<User> =>
  process.getuid?.() === 0
    ? { uid: Number(await run('id', ['-u', name])), gid: Number(await run('id', ['-g', name])) }
    : {};

/** Where engines keep their data: this checkout, and the folders of private engines. */
const OURS = [fileURLToPath(new URL('../..', import.meta.url)), join(tmpdir(), 'shop-')];

/** Opens the way to `path` in a folder of ours, which its owner alone may enter; to pass through, not to look around. */
const letPass = async (path: string): Promise<void> => {
  for (let folder = dirname(path); OURS.some((ours) => folder.startsWith(ours)); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) await chmod(folder, mode | 0o011);
  }
};

/** Makes `path` theirs; throws where they cannot get to it. */
export const giveTo = async ({ uid, gid }: User, path: string): Promise<void> => {
  if (uid === undefined || gid === undefined) return;
  await chown(path, uid, gid);
  await letPass(path);
  await run('test', ['-r', path], { uid, gid }).catch(() => {
    throw new Error(
      `user ${uid} may not enter ${path}: set ENGINES_HOME to a folder that all users may traverse`,
    );
  });
};
