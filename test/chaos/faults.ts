import { setTimeout as pause } from 'node:timers/promises';
import { ENGINE_NAMES, type EngineName } from '#test/kit/engines.ts';
import type { TestFleet } from '#test/kit/fleet.ts';
import type { ShakyProxy } from '#test/kit/shaky-proxy.ts';

export interface Faults {
  /** What was done, by kind. */
  readonly count: ReadonlyMap<string, number>;
  /** Resolves when as large a share of the services has been killed as there has been progress. */
  keptUp(): Promise<void>;
  /** Ends when every engine has had its turn, everything running again. */
  stop(): Promise<void>;
}

const BETWEEN_MS = { from: 700, to: 2_500 };
const DROPPED = 0.3;
const LOOK_AGAIN_MS = 50;

/**
 * Does harm at random moments: kills each service in turn, breaks connections between them, and ends each engine once, by
 * SIGKILL, and starts it again.
 * @param progress from 0 to 1; engines die at even distances
 */
export const startFaults = (
  rig: TestFleet,
  proxy: ShakyProxy,
  random: () => number,
  progress: () => number,
): Faults => {
  const count = new Map<string, number>();
  const note = (what: string): void => void count.set(what, (count.get(what) ?? 0) + 1);
  const victims = rig.fleet.processes.filter(({ name }) => name !== 'gateway');
  const engines: readonly EngineName[] = ENGINE_NAMES;
  let isStopping = false;
  let kills = 0;

  /** The next in turn, if all that were killed before are up again: else a slow machine would never get anywhere. */
  const kill = (turn: number): number => {
    const victim = victims[turn % victims.length];
    const pid = victim?.pid();
    if (victim === undefined || pid === undefined || !victims.every((one) => one.isRunning())) return turn;
    process.kill(pid, 'SIGKILL');
    note(`kill -9 ${victim.name}`);
    kills += 1;
    return turn + 1;
  };
  const restartEngine = async (name: EngineName): Promise<void> => {
    await rig.servers[name].kill();
    await rig.servers[name].revive();
    note(`restart ${name}`);
  };

  const run = async (): Promise<void> => {
    const waiting = engines.map((name, index) => ({ name, at: (index + 1) / (engines.length + 1) }));
    let victim = Math.floor(random() * victims.length);
    for (let turn = 0; !isStopping || waiting.length > 0; turn += 1) {
      await pause(BETWEEN_MS.from + random() * (BETWEEN_MS.to - BETWEEN_MS.from));
      const [next] = waiting;
      if (next && progress() >= next.at) {
        waiting.shift();
        await restartEngine(next.name);
      } else if (turn % 2 === 0) victim = kill(victim);
      else
        for (let dropped = proxy.drop(() => random() < DROPPED); dropped > 0; dropped -= 1)
          note('connection dropped');
    }
  };
  const running = run();
  return {
    count,
    keptUp: async () => {
      while (kills < Math.floor(progress() * victims.length)) await pause(LOOK_AGAIN_MS);
    },
    stop: async () => {
      isStopping = true;
      await running;
    },
  };
};
