import { table } from '../lib/table.ts';
import { HOST } from './probe.ts';
import type { State } from './lifecycle.ts';

/** For people. */
export const statusTable = (states: readonly State[]): string =>
  table(
    ['ENGINE', 'STATE', 'ADDRESS', 'PID', 'RSS MiB'],
    states.map(({ name, state, port, pid, memory }) => [
      name,
      state,
      `${HOST}:${port}`,
      String(pid ?? '-'),
      String(memory ?? '-'),
    ]),
  );
