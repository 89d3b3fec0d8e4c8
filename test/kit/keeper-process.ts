/**
 * Waits until its parent ends, which closes its standard input; then ends the servers that work in the folder named by its
 * argument, and deletes it. A parent killed by SIGKILL cannot do so, and servers do not end with their parent.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 50;

const PROCESSES = '/proc'; // of Linux; elsewhere PostgreSQL notices within a minute that its data are gone

/**
 * Servers work in their folder, and so do those that they start: so none is missed, however early the end came. One that works
 * elsewhere, as OpenSearch beside its jars, has the folder in its arguments.
 */
const workingIn = (home: string): readonly number[] => {
  const all = existsSync(PROCESSES) ? readdirSync(PROCESSES).map(Number) : [];
  return all.filter((pid) => {
    if (!Number.isInteger(pid) || pid === process.pid) return false;
    try {
      return (
        `${readlinkSync(`${PROCESSES}/${pid}/cwd`)}/`.startsWith(`${home}/`) ||
        readFileSync(`${PROCESSES}/${pid}/cmdline`, 'utf8').includes(`${home}/`)
      );
    } catch {
      return false; // it has ended, or belongs to another user
    }
  });
};

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it was faster
  }
};

await text(process.stdin);
const [, , folder = ''] = process.argv;
if (existsSync(folder)) {
  const home = realpathSync(folder);
  for (let pids = workingIn(home); pids.length > 0; pids = workingIn(home)) {
    pids.forEach(kill);
    await pause(LOOK_AGAIN_MS);
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}
