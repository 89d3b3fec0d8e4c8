import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#adapters/system/free-port.ts';
import type { Engine } from '#scripts/engines/engine.ts';
import { endProcess, identify } from '#adapters/process/identity.ts';
import { readSettings, type Settings } from '#scripts/engines/settings.ts';
import { addressesOf, bringUp, pidsOf, stateOf, wipe } from '#scripts/engines/lifecycle.ts';
import { atEnd } from './cleanup.ts';
import { persistent } from './conditions.ts';
import { keep } from './keeper.ts';

const PATIENCE_MS = 20_000;

/** A server on a free port, its data in a temporary folder; it ends with this process at the latest. */
export interface PrivateEngine {
  readonly addresses: Readonly<Record<string, unknown>>;
  /** Its first process, and that of the server it keeps its data on. */
  pids(): Promise<readonly number[]>;
  /** As a crash would. */
  kill(): Promise<void>;
  /** Starts it again, with its data, on the same port. */
  revive(): Promise<void>;
  /** Ends the server and removes its data. May be repeated. */
  stop(): Promise<void>;
}

/** One that ends with the test or file. */
export const startPrivateEngine = (engine: Engine): Promise<PrivateEngine> =>
  startSharedEngine(engine, atEnd);

/** @param onStop takes the work that stops the server; by default the caller stops it */
export const startSharedEngine = async (
  engine: Engine,
  onStop: (stop: () => Promise<void>) => void = () => undefined,
): Promise<PrivateEngine> => {
  const home = await mkdtemp(join(tmpdir(), `shop-${engine.name}-`));
  await chmod(home, 0o711); // the users of servers that refuse root go through
  const release = keep(home);
  const port = await freePort(engine.ports + (engine.backing?.ports ?? 0));
  const settings: Settings = { ...readSettings([], process.env), home, portOf: () => port };
  const stop = async (): Promise<void> => {
    await wipe(settings, engine);
    await rm(home, { recursive: true, force: true });
    release();
  };
  onStop(stop);
  await bringUp(settings, engine);
  const { [engine.name]: addresses = {} } = await addressesOf(settings, [engine]);
  return {
    addresses,
    pids: () => pidsOf(settings, engine),
    kill: async () => {
      const { pid } = await stateOf(settings, engine);
      const server = pid === undefined ? undefined : identify(pid);
      if (server) await endProcess(server, 'SIGKILL', PATIENCE_MS);
    },
    // The sessions of a PostgreSQL that was killed hold its shared memory for a moment.
    revive: async () => {
      await persistent(() => bringUp(settings, engine));
    },
    stop,
  };
};
