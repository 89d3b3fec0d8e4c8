import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;
/** Fields of /proc/PID/stat behind the program's name. */
const FIELD = { parent: 1, user: 11, system: 12, endedChildrenUser: 13, endedChildrenSystem: 14 };

interface Stat {
  readonly name: string;
  readonly parent: number;
  readonly cpuMs: number;
  readonly endedChildrenCpuMs: number;
}

const statOf = (pid: number | string): Stat | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = (field: number): number => Number(fields[field]) * TICK_MS;
    return {
      name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
      parent: Number(fields[FIELD.parent]),
      cpuMs: ticks(FIELD.user) + ticks(FIELD.system),
      endedChildrenCpuMs: ticks(FIELD.endedChildrenUser) + ticks(FIELD.endedChildrenSystem),
    };
  } catch {
    return undefined; // it has ended meanwhile, or there is no /proc
  }
};

const allStats = (): readonly Stat[] => {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []));
  } catch {
    return [];
  }
};

const total = (stats: readonly Stat[]): number => stats.reduce((sum, { cpuMs }) => sum + cpuMs, 0);

/** CPU time that a process has used, milliseconds; 0 where there is no /proc. */
export const cpuMsOf = (pid: number): number => statOf(pid)?.cpuMs ?? 0;

/** The same of a process and its children, those included that have ended: of a PostgreSQL by its first process. */
export const familyCpuMs = (pid: number): number =>
  cpuMsOf(pid) +
  (statOf(pid)?.endedChildrenCpuMs ?? 0) +
  total(allStats().filter(({ parent }) => parent === pid));

/** The same of the process that has started this one: of a PostgreSQL by one of its connections. */
export const parentFamilyCpuMs = (pid: number): number => familyCpuMs(statOf(pid)?.parent ?? 0);

/** CPU time of all PostgreSQL servers on this machine. */
export const postgresCpuMs = (): number => total(allStats().filter(({ name }) => name === 'postgres'));
