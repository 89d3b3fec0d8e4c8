/**
 * Waits until its parent ends, which closes its standard input; then ends the servers that work in the folders passed to it,
 * and deletes these. A parent killed by SIGKILL cannot do so, and servers do not end with their parent.
 */
import { existsSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const LOOK_AGAIN_MS = 50;

const Order = z.union([z.object({ keep: z.string() }), z.object({ release: z.string() })]);

const PROCESSES = '/proc'; // of Linux; elsewhere PostgreSQL notices within a minute that its data are gone

/** Servers work in their folder, and so do those that they start: so none is missed, however early the end came. */
const workingIn = (home: string): readonly number[] => {
  const all = existsSync(PROCESSES) ? readdirSync(PROCESSES).map(Number) : [];
  return all.filter((pid) => {
    if (!Number.isInteger(pid) || pid === process.pid) return false;
    try {
      return `${readlinkSync(`${PROCESSES}/${pid}/cwd`)}/`.startsWith(`${home}/`);
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

const homes = new Set<string>();
for await (const line of createInterface({ input: process.stdin })) {
  const order = Order.parse(JSON.parse(line));
  if ('keep' in order) homes.add(order.keep);
  else homes.delete(order.release);
}
for (const home of homes) {
  if (!existsSync(home)) continue;
  const path = realpathSync(home);
  for (let pids = workingIn(path); pids.length > 0; pids = workingIn(path)) {
    pids.forEach(kill);
    await pause(LOOK_AGAIN_MS);
  }
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}
