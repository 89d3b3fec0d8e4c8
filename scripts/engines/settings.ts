import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { portSetting, readConfig } from '#adapters/service/config.ts';
import type { Engine, Site } from './engine.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Settings {
  /** Data, logs, pid files; `reset` deletes it. */
  readonly home: string;
  /** Installed software, which `reset` keeps. */
  readonly software: string;
  readonly portOf: (engine: Pick<Engine, 'name' | 'port'>) => number;
}

export type Env = Readonly<Record<string, string | undefined>>;

/** `ENGINES_HOME`, `ENGINES_SOFTWARE`, and `<NAME>_PORT` of each engine. Throws `InvalidConfig`. */
export const readSettings = (engines: readonly Engine[], env: Env): Settings => {
  const folder = (name: string) =>
    z
      .string()
      .min(1)
      .default(name)
      .transform((path) => resolve(ROOT, path));
  const { ENGINES_HOME: home, ENGINES_SOFTWARE: software } = readConfig(
    { ENGINES_HOME: folder('.data/engines'), ENGINES_SOFTWARE: folder('.cache/engines') },
    env,
  );
  const setting = (name: string): string => `${name.toUpperCase()}_PORT`;
  const ports = readConfig(
    Object.fromEntries(engines.map(({ name, port }) => [setting(name), portSetting(port)])),
    env,
  );
  return { home, software, portOf: ({ name, port }) => ports[setting(name)] ?? port };
};

/** Where an engine lives by these settings, before it has secrets. */
export const siteOf = (
  { home, software, portOf }: Settings,
  engine: Engine,
): Omit<Site, 'secrets' | 'portOf'> => ({
  software,
  folder: join(home, engine.name),
  port: portOf(engine),
});
