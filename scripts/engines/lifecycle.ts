import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, Launch, Site } from './engine.ts';
import { isFree } from '#adapters/system/free-port.ts';
import { endProcess, identify, isAlive, memoryOf } from '#adapters/process/identity.ts';
import { readSecrets, readStarted, writeJson, writeStarted, type Started } from './records.ts';
import { siteOf, type Settings } from './settings.ts';

/** Seconds on a quiet machine, minutes on one that starts everything at once. */
const START_MS = 300_000;
const STOP_MS = 20_000;
const LOOK_AGAIN_MS = 50;
const LOG_TAIL = 3_000;

export interface State {
  readonly name: string;
  readonly state: 'up' | 'starting' | 'down' | 'died';
  readonly port: number;
  readonly pid?: number;
  /** MiB */
  readonly memory?: number;
}

const logOf = ({ folder }: Pick<Site, 'folder'>): string => join(folder, 'server.log');

/** Where the engine that this one keeps its data on lives. */
const backingOf = (
  settings: Settings,
  engine: Engine,
): { readonly settings: Settings; readonly engine: Engine } | undefined => {
  if (!engine.backing) return undefined;
  const { folder, port } = siteOf(settings, engine);
  return { settings: { ...settings, home: folder, portOf: () => port + 1 }, engine: engine.backing };
};

/** Where it lives: on the port that it was started with, if it runs. */
const openSite = async (settings: Settings, engine: Engine, port?: number): Promise<Site> => {
  const site = siteOf(settings, engine);
  const secrets = await readSecrets(site.folder, engine.secretNames ?? []);
  const backing = backingOf(settings, engine);
  return {
    ...site,
    port: port ?? site.port,
    secrets,
    portOf: settings.portOf,
    ...(backing && { backing: backing.engine.addresses(await openSite(backing.settings, backing.engine)) }),
  };
};

/** The server that we started and that still runs. */
const running = async (settings: Settings, engine: Engine): Promise<Started | undefined> => {
  const started = await readStarted(siteOf(settings, engine).folder);
  return started && isAlive(started) ? started : undefined;
};

const launch = async ({ program, args, env, ...options }: Launch, site: Site): Promise<Started> => {
  const log = await open(logOf(site), 'a', 0o600);
  try {
    // A session of its own: neither Ctrl-C nor the end of the terminal reaches it.
    const child = spawn(program, args, {
      cwd: site.folder,
      ...options,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    const identity = identify(child.pid ?? 0);
    if (!identity) throw new Error(`${program} exited at once`);
    return { ...identity, port: site.port };
  } finally {
    await log.close();
  }
};

const ready = async (engine: Engine, site: Site, started: Started): Promise<void> => {
  const end = performance.now() + START_MS;
  while (performance.now() < end) {
    if (!isAlive(started)) throw new Error('it exited');
    if (await engine.isReady(site).catch(() => false)) return;
    await pause(LOOK_AGAIN_MS);
  }
  throw new Error(`it does not respond within ${START_MS / 1000} s`);
};

const start = async (engine: Engine, site: Site): Promise<void> => {
  for (let port = site.port; port < site.port + engine.ports; port += 1)
    if (!(await isFree(port)))
      throw new Error(`port ${port} is taken; set ${engine.name.toUpperCase()}_PORT to another`);
  const started = await launch(await engine.prepare(site), site);
  await writeStarted(site.folder, started);
  try {
    await ready(engine, site, started);
    await engine.setUp?.(site);
  } catch (error) {
    await endProcess(started, 'SIGKILL', STOP_MS);
    const log = await readFile(logOf(site), 'utf8');
    throw new Error(`${(error as Error).message}; ${logOf(site)} ends:\n${log.slice(-LOG_TAIL)}`, {
      cause: error,
    });
  }
};

/** Installs and starts the engine unless it runs; resolves when it answers. Returns whether it was started. */
export const bringUp = async (settings: Settings, engine: Engine): Promise<boolean> => {
  const backing = backingOf(settings, engine);
  if (backing) await bringUp(backing.settings, backing.engine);
  const before = await running(settings, engine);
  if (before) {
    await ready(engine, await openSite(settings, engine, before.port), before);
    return false;
  }
  await engine.install(settings.software);
  await mkdir(siteOf(settings, engine).folder, { recursive: true });
  await start(engine, await openSite(settings, engine));
  return true;
};

/** Ends the engine if it is ours and runs. Returns whether it did. */
export const takeDown = async (settings: Settings, engine: Engine): Promise<boolean> => {
  const { folder } = siteOf(settings, engine);
  const started = await running(settings, engine);
  if (started) await endProcess(started, engine.stopSignal ?? 'SIGTERM', STOP_MS);
  await rm(join(folder, 'process.json'), { force: true });
  const backing = backingOf(settings, engine);
  if (backing) await takeDown(backing.settings, backing.engine);
  return started !== undefined;
};

/** Ends it and deletes its data. */
export const wipe = async (settings: Settings, engine: Engine): Promise<void> => {
  await takeDown(settings, engine);
  await rm(siteOf(settings, engine).folder, { recursive: true, force: true });
};

export const stateOf = async (settings: Settings, engine: Engine): Promise<State> => {
  const { folder, port } = siteOf(settings, engine);
  const started = await readStarted(folder);
  if (!started) return { name: engine.name, state: 'down', port };
  if (!isAlive(started)) return { name: engine.name, state: 'died', port: started.port };
  const site = await openSite(settings, engine, started.port);
  const isReady = await engine.isReady(site).catch(() => false);
  return {
    name: engine.name,
    state: isReady ? 'up' : 'starting',
    port: started.port,
    pid: started.pid,
    memory: memoryOf(started),
  };
};

/** Of its server, and of the one that it keeps its data on; none of those that do not run. */
export const pidsOf = async (settings: Settings, engine: Engine): Promise<readonly number[]> => {
  const started = await running(settings, engine);
  const backing = backingOf(settings, engine);
  return [
    ...(started ? [started.pid] : []),
    ...(backing ? await pidsOf(backing.settings, backing.engine) : []),
  ];
};

/** What the users of `engines` need to know, of those that run. */
export const addressesOf = async (
  settings: Settings,
  engines: readonly Engine[],
): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> => {
  const addresses: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const engine of engines) {
    const started = await running(settings, engine);
    if (started) addresses[engine.name] = engine.addresses(await openSite(settings, engine, started.port));
  }
  return addresses;
};

/** For the shop and its tests; readable by their owner only. */
export const addressesFile = ({ home }: Settings): string => join(home, 'engines.json');

/** Writes the addresses down. */
export const publishAddresses = async (settings: Settings, engines: readonly Engine[]): Promise<void> => {
  await writeJson(addressesFile(settings), await addressesOf(settings, engines));
};
