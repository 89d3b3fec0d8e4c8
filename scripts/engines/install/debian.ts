import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inLane } from './lanes.ts';
import { run } from './run.ts';

/** Where `program` is on the PATH. */
export const onPath = (program: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));

let isUpdated = false;

/** Installs `packages`, of which we need `what`; throws and says what to do where that is not ours to do. */
export const installPackages = (what: string, ...packages: readonly string[]): Promise<void> =>
  inLane('debian', async () => {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
      throw new Error(
        `${what} is missing: install it (Debian: apt-get install ${packages.join(' ')}) or run as root on Debian.`,
      );
    // RUNLEVEL=1: the packages start no server of their own.
    const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    if (!isUpdated) await run('apt-get', ['update', '-q'], { env });
    isUpdated = true;
    await run('apt-get', ['install', '-yq', '--no-install-recommends', ...packages], { env });
  });

/** The path of `program`, which the package `from` brings when it is missing. */
export const ensureProgram = async (program: string, from: string): Promise<string> => {
  const found = onPath(program);
  if (found !== undefined) return found;
  await installPackages(program, from);
  const installed = onPath(program);
  if (installed === undefined) throw new Error(`${from} was installed, but ${program} is not on the PATH.`);
  return installed;
};
