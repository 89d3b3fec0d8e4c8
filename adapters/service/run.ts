import { openAdmin } from '../http/admin-server.ts';
import { makeLogger, type Logger } from '../observability/logger.ts';
import { readConfig } from './config.ts';
import { openService, type RunningService } from './host.ts';
import type { ServiceModule } from './module.ts';
import { operationsOf } from './operations.ts';
import { openProcess, runProcess, type ProcessParts } from './process.ts';
import { migrateService, openStore } from './store.ts';
import { makeToolbox } from './toolbox.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Runs a service as a separate process, configured by its environment. With the argument `migrate`, it brings its database to the
 * newest schema instead, and ends.
 */
export const runService = (module: ServiceModule, env: Env = process.env): Promise<void> =>
  process.argv[2] === 'migrate'
    ? migrate(module, env)
    : runProcess(async () => run(module, await openProcess(module.name, env)));

/** Before the new version of the service starts; forward only, and again changes nothing. */
export const migrate = async (module: ServiceModule, env: Env): Promise<void> => {
  const { name } = module;
  try {
    const steps = await migrateService(
      module,
      env,
      makeLogger({ level: 'warn', service: name, destination: 2 }),
    );
    process.stdout.write(
      `${steps.length === 0 ? `${name} is up to date` : `${name}: ${steps.join(', ')}`}\n`,
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
};

const run = async (
  module: ServiceModule,
  parts: ProcessParts,
): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> => {
  const { bus, env, logger } = parts;
  readConfig(module.needs ?? {}, env);
  const { store, close } = await openStore(module, env, logger);
  const host = await makeToolbox({ ...parts, store });
  const service = await openService(module, {
    ...host,
    host: parts.host,
    port: parts.port,
    drainMs: parts.drainMs,
    validateResponses: parts.validateResponses,
    isAlone: false,
  });
  const admin = await openAdmin(
    operationsOf([service], () => host.toolbox.metrics.text()),
    logger,
    env,
  );
  await bus.start();
  await service.start();
  void startTimers(service, logger);
  return {
    port: service.port,
    stop: async () => {
      await admin?.close();
      await service.stop();
      await bus.stop();
      await close();
      await parts.flush();
    },
  };
};

const LOOK_AGAIN_MS = 1_000;

/** Timers wait until events published before this service stopped have been handled. */
const startTimers = async (service: RunningService, logger: Logger): Promise<void> => {
  for (let isHeard = false; !isHeard;) {
    isHeard = await service.caughtUp().then(
      () => true,
      (error: unknown) => {
        logger.warn({ err: error }, 'timers wait for the bus');
        return false;
      },
    );
    if (!isHeard) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  service.startTimers();
};
