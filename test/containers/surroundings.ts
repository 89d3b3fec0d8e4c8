import { chmodSync, chownSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makePlan } from '#all-in-one/main/distributed/plan.ts';
import { MODULES } from '#all-in-one/main/modules.ts';
import { GATEWAY } from '#all-in-one/main/platform.ts';
import { signingKeys } from '#all-in-one/main/secrets.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { temporaryFolder } from '../kit/cleanup.ts';
import { startTestEngines } from '../kit/engines.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What a service needs around it. */
export interface Surroundings {
  /** The environment of a service, by its name. */
  readonly envOf: (service: string) => Env;
  /** Has the keys of all services; containers only read it. */
  readonly folder: string;
  /** The only folder that a service may write to. */
  readonly writable: string;
  stop(): Promise<void>;
}

/** The user in our images. */
const USER = 1000;

/** Longer than it takes to send a request on a busy machine. */
const DRAIN_MS = 4_000;

/** Engines, keys and addresses for all services, as the profile `distributed` has them. */
export const openSurroundings = async (): Promise<Surroundings> => {
  const servers = await startTestEngines();
  const folder = temporaryFolder();
  const writable = join(folder, 'media');
  for (const path of [writable, join(folder, 'models')]) mkdirSync(path);
  const { processes } = await makePlan({
    services: MODULES,
    instances: 1,
    engines: servers.engines,
    keys: await signingKeys([...MODULES.map(({ name }) => name), GATEWAY], undefined),
    folder,
    host: '127.0.0.1',
    port: await freePort(),
    adminKey: 'the key of the operators',
    env: {},
    hasRecommendations: true,
    freePort: () => freePort(),
    via: (address) => Promise.resolve(address),
  });
  chmodSync(folder, 0o755);
  for (const path of ['.', ...readdirSync(folder)]) chownSync(join(folder, path), USER, USER);
  const drain = { SHUTDOWN_DRAIN_MS: String(DRAIN_MS) };
  const envs = new Map(processes.map(({ name, env }): [string, Env] => [name, { ...env, ...drain }]));
  return {
    folder,
    writable,
    stop: () => servers.stop(),
    envOf: (service) => envs.get(service) ?? {},
  };
};
