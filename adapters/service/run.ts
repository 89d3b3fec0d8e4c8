import { openAdmin } from '../http/admin-server.ts';
import { openService } from './host.ts';
import type { ServiceModule } from './module.ts';
import { operationsOf } from './operations.ts';
import { openProcess, runProcess } from './process.ts';
import { openStore } from './store.ts';
import { makeToolbox } from './toolbox.ts';

/** Runs a service as a process of its own, as its environment says. */
export const runService = (
  module: ServiceModule,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> =>
  runProcess(async () => {
    const parts = await openProcess(module.name, env);
    const { store, close } = await openStore(module, env, parts.logger);
    const { bus } = parts;
    const host = await makeToolbox({ ...parts, store });
    const service = await openService(module, {
      ...host,
      host: parts.host,
      port: parts.port,
      validateResponses: parts.validateResponses,
      isAlone: false,
    });
    const admin = await openAdmin(
      operationsOf([service], () => host.toolbox.metrics.text()),
      env,
    );
    await bus.start();
    await service.start();
    // Timers wait until what other services had to say before this one stopped has been heard.
    void service.caughtUp().then(() => {
      service.startTimers();
    });
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
  });
