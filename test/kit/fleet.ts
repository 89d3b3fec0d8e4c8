import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '#all-in-one/main/settings.ts';
import { openFleet, type Fleet } from '#all-in-one/main/distributed/open.ts';
import { startTestEngines, type TestEngines } from './engines.ts';
import { QUICK } from './settings.ts';
import { startedWithin } from './within.ts';

export interface TestFleetOptions {
  /** Of each service. */
  readonly instances?: number;
  /** Stands between the processes. */
  readonly via?: (address: string) => Promise<string>;
}

/** Where a fleet on these engines keeps what is its own; goes with them. */
export const dataOf = ({ home }: TestEngines): string => join(home, 'data');

/** The shop as one process per service, on engines that run. */
export const openFleetOn = (
  engines: TestEngines,
  env: Readonly<Record<string, string>> = {},
  { instances = 1, via }: TestFleetOptions = {},
): Promise<Fleet> => {
  const dataDir = dataOf(engines);
  mkdirSync(dataDir, { recursive: true });
  const all = {
    ...process.env,
    ...QUICK,
    LOG_LEVEL: 'warn',
    DEMO: 'accounts,mailbox',
    ENGINES_HOME: engines.home,
    ...env,
    DATA_DIR: dataDir,
  };
  const args = ['--profile', 'distributed', '--port', '0', '--instances', String(instances)];
  return openFleet(readSettings(args, all), all, via);
};

export interface TestFleet extends Pick<TestEngines, 'engines' | 'servers'> {
  readonly fleet: Fleet;
  /** Of all processes. */
  readonly logFile: string;
  stop(): Promise<void>;
}

/** The shop as one process per service, on engines of its own; everything goes when it stops. */
export const openTestFleet = async (
  env: Readonly<Record<string, string>> = {},
  options: TestFleetOptions = {},
): Promise<TestFleet> => {
  const started = await startTestEngines();
  const { engines, servers } = started;
  const fleet = await startedWithin(openFleetOn(started, env, options), {
    logFile: join(dataOf(started), 'distributed', 'shop.log'),
    onLate: (late) => late.stop(),
  });
  const stop = async (): Promise<void> => {
    await fleet.stop();
    await started.stop();
  };
  return { fleet, engines, servers, logFile: fleet.logFile, stop };
};
