import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readEngines, type Engines } from '#all-in-one/main/distributed/engines.ts';
import { run } from '#scripts/engines/install/run.ts';

const Watching = z.object({
  prometheus: z.object({ url: z.url(), targets: z.string() }),
  alertmanager: z.object({ url: z.url() }),
});
const Targets = z.array(z.object({ targets: z.tuple([z.string()]), labels: z.object({ job: z.string() }) }));

/** A distributed shop on this machine, its engines, and what watches it. */
export interface Rig {
  readonly shopUrl: string;
  /** Where cards become tokens. */
  readonly tokensUrl: string;
  readonly engines: Engines;
  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
  /** The process of a service; its first, if it has several. */
  pidOf(service: string): Promise<number>;
}

/** @param home of the engines; throws if they, or what watches the shop, do not run */
export const openRig = (home: string, shop: Pick<Rig, 'shopUrl' | 'tokensUrl'>): Rig => {
  const watching = Watching.safeParse(JSON.parse(readFileSync(join(home, 'engines.json'), 'utf8')));
  if (!watching.success)
    throw new Error('nothing watches the shop: npm run engines -- up --with observability');
  const { prometheus, alertmanager } = watching.data;
  return {
    ...shop,
    engines: readEngines({ ENGINES_HOME: home }),
    prometheusUrl: prometheus.url,
    alertmanagerUrl: alertmanager.url,
    pidOf: async (service) => {
      const targets = Targets.parse(JSON.parse(readFileSync(prometheus.targets, 'utf8')));
      const address = targets.find(({ labels }) => labels.job === service)?.targets[0];
      if (address === undefined) throw new Error(`no ${service} runs`);
      const listeners = await run('ss', ['-Hltnp', `sport = :${address.split(':')[1] ?? ''}`]);
      const [, pid] = /pid=(\d+)/.exec(listeners) ?? [];
      if (pid === undefined) throw new Error(`nothing listens at ${address}`);
      return Number(pid);
    },
  };
};
