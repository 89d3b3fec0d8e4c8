import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

const statOf = (pid: string): { readonly name: string; readonly cpuMs: number } | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { name, cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    return undefined; // it has ended meanwhile
  }
};

/** CPU time that a process has used, milliseconds; 0 where there is no /proc. */
export const cpuMsOf = (pid: number): number => statOf(String(pid))?.cpuMs ?? 0;

/** CPU time of all processes of a PostgreSQL server on this machine. */
export const postgresCpuMs = (): number => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .reduce((sum, pid) => {
        const stat = statOf(pid);
        return sum + (stat?.name === 'postgres' ? stat.cpuMs : 0);
      }, 0);
  } catch {
    return 0;
  }
};

/** Resident memory of a process in MiB. */
export const residentMib = (pid: number): number => {
  try {
    const kib = /VmRSS:\s+(?<kib>\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.groups?.['kib'];
    return Math.round(Number(kib ?? 0) / 1_024);
  } catch {
    return 0;
  }
};
