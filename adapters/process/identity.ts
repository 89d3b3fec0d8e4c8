import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const STAT = { state: 0, threads: 17, started: 19 }; // fields of /proc/PID/stat behind the program's name

const LOOK_AGAIN_MS = 20;

/** A process that cannot be mistaken for a later one with its number. */
export interface Identity {
  readonly pid: number;
  /** The machine's boot, and when in it the process began. */
  readonly born: string;
}

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Undefined when there is no such process, or only its exit status: as long as a thread lives it holds its ports. */
export const identify = (pid: number): Identity | undefined => {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[STAT.state] === 'Z' && Number(fields[STAT.threads]) <= 1) return undefined;
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return { pid, born: `${boot} ${fields[STAT.started] ?? ''}` };
};

export const isAlive = ({ pid, born }: Identity): boolean => identify(pid)?.born === born;

/** Resident memory, in MiB. */
export const memoryOf = ({ pid }: Pick<Identity, 'pid'>): number => {
  const [, kib = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '') ?? [];
  return Math.round(Number(kib) / 1024);
};

/** Asks the process to end, and ends it when it has not after `patienceMs`. Never touches a successor of its number. */
export const endProcess = async (
  process_: Identity,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> => {
  const goneWithin = async (ms: number): Promise<boolean> => {
    const end = performance.now() + ms;
    while (isAlive(process_)) {
      if (performance.now() > end) return false;
      await pause(LOOK_AGAIN_MS);
    }
    return true;
  };
  if (!isAlive(process_)) return;
  process.kill(process_.pid, signal);
  if (await goneWithin(patienceMs)) return;
  if (isAlive(process_)) process.kill(process_.pid, 'SIGKILL');
  if (!(await goneWithin(patienceMs))) throw new Error(`process ${process_.pid} does not exit`);
};
