import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Fleet } from '#all-in-one/main/distributed/open.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { alertmanager } from '#scripts/engines/alertmanager.ts';
import { collector } from '#scripts/engines/collector.ts';
import type { Engine } from '#scripts/engines/engine.ts';
import { jaeger } from '#scripts/engines/jaeger.ts';
import { addressesOf, bringUp, wipe } from '#scripts/engines/lifecycle.ts';
import { prometheusWith, RULES } from '#scripts/engines/prometheus.ts';
import { writeJson } from '#scripts/engines/records.ts';
import { readSettings, type Settings } from '#scripts/engines/settings.ts';
import { victorialogs } from '#scripts/engines/victorialogs.ts';
import { startTestEngines } from '#test/kit/engines.ts';
import { openFleetOn } from '#test/kit/fleet.ts';
import { PATIENT } from '#test/kit/settings.ts';
import { openRig, type Rig } from './rig.ts';

export interface WatchedShop {
  readonly fleet: Fleet;
  readonly rig: Rig;
  readonly jaegerUrl: string;
  readonly logsUrl: string;
  stop(): Promise<void>;
}

/** The rules of production, whose alerts fire without the wait of `for`, which the tests of rules check. */
const hastenRules = async (folder: string): Promise<string> => {
  await mkdir(folder);
  for (const file of globSync(RULES)) {
    const rules = await readFile(file, 'utf8');
    await writeFile(join(folder, basename(file)), rules.replaceAll(/^ +for: .*\n/gm, ''));
  }
  return join(folder, '*.yaml');
};

const urlOf = (settings: Settings, engine: Engine): string => `http://127.0.0.1:${settings.portOf(engine)}`;

/** A distributed shop on servers of its own, all that watches it included. */
export const startWatchedShop = async (): Promise<WatchedShop> => {
  const engines = await startTestEngines();
  const set = [
    alertmanager,
    prometheusWith(await hastenRules(join(engines.home, 'rules'))),
    jaeger,
    collector,
    victorialogs,
  ];
  const first = await freePort(set.reduce((sum, { ports }) => sum + ports, 0));
  const ports = new Map<string, number>();
  let next = first;
  for (const { name, ports: taken } of set) {
    ports.set(name, next);
    next += taken;
  }
  const settings: Settings = {
    ...readSettings([], process.env),
    home: join(engines.home, 'observability'),
    portOf: ({ name, port }) => ports.get(name) ?? port,
  };
  let fleet: Fleet | undefined;
  const stop = async (): Promise<void> => {
    await fleet?.stop();
    for (const engine of set) await wipe(settings, engine);
    await engines.stop();
  };
  try {
    for (const engine of set) await bringUp(settings, engine);
    const file = join(engines.home, 'engines.json');
    const known = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeJson(file, { ...known, ...(await addressesOf(settings, set)) });
    fleet = await openFleetOn(engines, { ...PATIENT, MONGODB_TIMEOUT_MS: '60000', LOG_LEVEL: 'info' });
    return {
      fleet,
      rig: openRig(engines.home, { shopUrl: fleet.url, tokensUrl: fleet.tokensUrl }),
      jaegerUrl: urlOf(settings, jaeger),
      logsUrl: urlOf(settings, victorialogs),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
