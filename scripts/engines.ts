/**
 * `npm run engines -- up|status|down|reset [names…|all]`: the servers that the shop can use, on this machine, without Docker.
 * See docs/guides/engines.md.
 */
import { COMMANDS, parseArguments, type Order } from './engines/arguments.ts';
import type { Engine } from './engines/engine.ts';
import { ALL } from './engines/engines.ts';
import { readSettings, type Settings } from './engines/settings.ts';
import { statusTable } from './engines/status.ts';
import { addressesFile, bringUp, publishAddresses, stateOf, takeDown, wipe } from './engines/lifecycle.ts';

const USAGE = `usage: npm run engines -- ${COMMANDS.join('|')} [all | NAME…]
       npm run engines -- up --with observability
NAME is one of ${ALL.map(({ name }) => name).join(', ')}`;

type Job = (settings: Settings, engine: Engine) => Promise<string>;

const JOBS: Readonly<Record<Exclude<Order['command'], 'status'>, Job>> = {
  up: async (settings, engine) => ((await bringUp(settings, engine)) ? 'up' : 'was up'),
  down: async (settings, engine) => ((await takeDown(settings, engine)) ? 'down' : 'was down'),
  reset: async (settings, engine) => wipe(settings, engine).then(() => 'down, its data deleted'),
};

/** Does the job for all engines side by side; one that fails stops no other. */
const doAll = async (job: Job, settings: Settings, engines: readonly Engine[]): Promise<void> => {
  await Promise.all(
    engines.map(async (engine) => {
      const began = performance.now();
      try {
        const outcome = await job(settings, engine);
        await publishAddresses(settings, ALL);
        console.log(`✓ ${engine.name} ${outcome} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
      } catch (error) {
        process.exitCode = 1;
        console.error(`✗ ${engine.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
};

const main = async (order: Order): Promise<void> => {
  const settings = readSettings(ALL, process.env);
  if (order.command !== 'status') {
    await doAll(JOBS[order.command], settings, order.engines);
    if (order.command === 'up') console.log(`Addresses and passwords: ${addressesFile(settings)}`);
    return;
  }
  console.log(statusTable(await Promise.all(order.engines.map((engine) => stateOf(settings, engine)))));
};

const order = parseArguments(process.argv.slice(2));
if (process.platform !== 'linux') {
  console.error('The engines run on Linux only; elsewhere use Docker: docker compose up (compose.yaml).');
  process.exitCode = 1;
} else if (order) await main(order);
else {
  console.error(USAGE);
  process.exitCode = 1;
}
