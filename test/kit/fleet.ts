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

let started: Promise<TestEngines> | undefined;
/** Those of all fleets of this process, with which they end: a fleet finds the catalogue that the first one imported. */
const sharedEngines = (): Promise<TestEngines> => (started ??= startTestEngines());

/** The shop as one process per service. One at a time: all of a test process are on the same engines. */
export const openTestFleet = async (
  env: Readonly<Record<string, string>> = {},
  options: TestFleetOptions = {},
): Promise<TestFleet> => {
  const engines = await sharedEngines();
  const fleet = await startedWithin(openFleetOn(engines, env, options), {
    logFile: join(dataOf(engines), 'distributed', 'shop.log'),
    onLate: (late) => late.stop(),
  });
  const { logFile, stop } = fleet;
  return { fleet, engines: engines.engines, servers: engines.servers, logFile, stop };
};
