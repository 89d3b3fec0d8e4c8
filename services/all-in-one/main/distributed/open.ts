import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { makeAdminApp } from '#adapters/http/admin-app.ts';
import { adminClient } from '#adapters/http/admin-client.ts';
import { keyCheck } from '#adapters/http/admin-server.ts';
import { listen } from '#adapters/http/server.ts';
import { makeLogger, type Logger } from '#adapters/observability/logger.ts';
import { supervise, type SupervisedProcess } from '#adapters/process/supervised.ts';
import { ensureEnvironment } from '#recommendation/main/environment.ts';
import { migrateService } from '#adapters/service/store.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { noteAdmin, operatorToken } from '../admin.ts';
import { openDataFolder } from '../data-folder.ts';
import { demoSettings, refuseDemoAccounts, shownAccounts } from '../demo-accounts.ts';
import { MODULES } from '../modules.ts';
import { GATEWAY } from '../platform.ts';
import { lockFolder } from '../process-lock.ts';
import { importSample, UNFINISHED } from '../sample.ts';
import { signingKeys } from '../secrets.ts';
import { shownUrl, type Settings } from '../settings.ts';
import type { Shop } from '../shop.ts';
import { fleetOperations } from './fleet-operations.ts';
import { readEngines } from './engines.ts';
import { makeLogPush } from './log-push.ts';
import { makePlan } from './plan.ts';
import { listTargets } from './targets.ts';

/** With one instance per service, no other responds while it drains. */
const ALONE = { SHUTDOWN_DRAIN_MS: '0' };

/** Makes the environment of the recommendation service, without which the shop runs as well. */
const hasPython = (note: (line: string) => void): Promise<boolean> =>
  ensureEnvironment().then(
    () => true,
    (error: unknown) => {
      note(`no recommendation service: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    },
  );

/** Log lines that the error of a failed start includes: a test's log is deleted with its shop. */
const LAST_LINES = 20;

export interface Fleet extends Omit<Shop, 'services' | 'taken'> {
  /** Metrics of all processes. */
  readonly logFile: string;
  readonly processes: readonly SupervisedProcess[];
  readonly operations: ReturnType<typeof fleetOperations>;
  /** The address of a service itself, bypassing the gateway. */
  readonly urlOf: (service: string) => string;
}

/**
 * The whole shop, each service as its own process against the real engines. Resolves when it is ready for orders.
 * @param via lets a test insert a proxy between the processes
 */
export const openFleet = async (
  settings: Settings,
  environment: Readonly<Record<string, string | undefined>>,
  via: (address: string) => Promise<string> = (address) => Promise.resolve(address),
): Promise<Fleet> => {
  const { dataDir, host, port, instances } = settings;
  if (settings.isFresh)
    throw new Error('--fresh: to delete the data of the engines, run npm run engines -- reset');
  const env: Readonly<Record<string, string | undefined>> = {
    ...demoSettings(settings.demo),
    ...(instances === 1 ? ALONE : {}),
    ...environment,
  };
  const engines = readEngines(environment);
  const folder = join(dataDir, 'distributed');
  openDataFolder(dataDir);
  openDataFolder(folder);
  const unlock = lockFolder(folder);
  const logFile = join(folder, 'shop.log');
  const log = createWriteStream(logFile, { flags: 'a' });
  const last: string[] = [];
  const push = engines.victorialogs && makeLogPush(engines.victorialogs.push);
  const note = (line: string): void => {
    log.write(`${line}\n`);
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
  };
  const names = MODULES.map(({ name }) => name);
  const keys = await signingKeys([...names, GATEWAY], folder);
  const userKey = keys.get('user');
  if (!userKey) throw new Error('the key that signs users’ tokens is missing');
  const adminKey = randomBytes(24).toString('base64url');
  const gatewayPort = port === 0 ? await freePort() : port;
  const hasRecommendations = settings.hasRecommendations && (await hasPython(note));
  const plan = await makePlan({
    hasRecommendations,
    services: MODULES,
    instances,
    engines,
    keys,
    folder,
    host,
    port: gatewayPort,
    adminKey,
    env,
    freePort,
    via,
  });

  const loggerOf = (service: string): Logger => makeLogger({ level: 'warn', service, destination: 2 });
  for (const module of MODULES)
    await migrateService(
      module,
      { ...env, DATABASE_URL: engines.postgres.services[module.name], MONGODB_URL: engines.mongo.url },
      loggerOf('migrate'),
    );
  const processes = plan.processes.map((process) =>
    supervise(process, (line) => {
      note(`${process.name.padEnd(14)} ${line}`);
      push?.add(process.name, line);
    }),
  );
  const unlist = await listTargets(engines.prometheus?.targets, plan.targets);
  const stopAll = async (): Promise<void> => {
    // The gateway first, so that no requests reach services that are stopping.
    const [gateway, ...services] = [...processes].reverse();
    await gateway?.stop();
    await Promise.all(services.map((one) => one.stop()));
    await push?.close();
    await unlist();
    log.end();
    unlock();
  };
  try {
    await Promise.all(processes.map(({ ready }) => ready));
    if (!settings.demo.includes('accounts')) await refuseDemoAccounts(plan.urlOf('user'));
    const operations = fleetOperations(plan.adminUrls.map((url) => adminClient(url, adminKey, folder)));
    const imported = settings.hasSample
      ? await importSample({
          catalog: plan.urlOf('catalog'),
          search: plan.urlOf('search'),
          token: await operatorToken(userKey),
          mark: join(folder, UNFINISHED),
          settled: () => operations.settled(),
        })
      : 0;
    const app = makeAdminApp({ ...operations, isAllowed: keyCheck(adminKey) }, loggerOf('admin'));
    const admin = await listen(app, settings.adminPort, '127.0.0.1');
    return {
      url: shownUrl(host, gatewayPort),
      adminUrl: noteAdmin(dataDir, admin.port, adminKey),
      tokensUrl: plan.urlOf('mock-gateway'),
      accounts: shownAccounts(env),
      imported,
      logFile,
      processes,
      operations,
      urlOf: plan.urlOf,
      stop: async () => {
        await admin.close();
        await stopAll();
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const told = new Error([reason, `The end of ${logFile}:`, ...last].join('\n'), { cause: error });
    await stopAll();
    throw told;
  }
};
