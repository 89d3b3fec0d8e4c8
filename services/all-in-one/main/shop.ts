import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeLogger, type Logger } from '#adapters/observability/logger.ts';
import { startTracing } from '#adapters/observability/otlp.ts';
import { loadSpec } from '#adapters/http/spec.ts';
import { adminPortal } from '#admin-portal/main/mount.ts';
import { publicJwk } from '#adapters/auth/tokens.ts';
import { prepareGateway, type DemoAccount } from '#gateway/main/gateway.ts';
import { EventForwarder } from '#gateway/main/event-forwarder.ts';
import { recommendation } from '#recommendation/main/module.ts';
import { openAdmin, operatorToken } from './admin.ts';
import { openDataFolder } from './data-folder.ts';
import { lockDatabase } from './database-lock.ts';
import { demoSettings, refuseDemoAccounts, shownAccounts } from './demo-accounts.ts';
import { MODULES, STATEFUL } from './modules.ts';
import { ONE_PROCESS } from './one-process.ts';
import { GATEWAY, startPlatform, type Platform } from './platform.ts';
import { lockFolder } from './process-lock.ts';
import { startRecommendations, type Recommendations } from './recommendations.ts';
import { importSample, UNFINISHED } from './sample.ts';
import { signingKeys } from './secrets.ts';
import { settingsOfAddress, shownUrl, type Settings } from './settings.ts';
import { openStore } from './store.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';

export interface Shop {
  /** Of the gateway. */
  readonly url: string;
  readonly adminUrl: string;
  /** The mock gateway's token server. */
  readonly tokensUrl: string;
  /** The demo accounts to show; empty if the environment configures its own. */
  readonly accounts: readonly DemoAccount[];
  /** Standard output if absent. */
  readonly logFile: string | undefined;
  /** Products imported at this start. */
  readonly imported: number;
  /** Services by name; one can be stopped while the others keep running. */
  readonly services: Platform['services'];
  /** The recommendation service, which comes when it is ready; absent if it is switched off. */
  readonly recommendations?: Recommendations | undefined;
  /** Resolves if another shop takes the database, after this one has lost its connections: it must stop. */
  readonly taken: Promise<undefined>;
  /** Finishes current requests, and closes everything. */
  stop(): Promise<void>;
}

/**
 * The whole shop in this process. Resolves when it is ready for orders.
 * @param decorate lets a test wrap the database
 */
export const openShop = async (
  settings: Settings,
  environment: Readonly<Record<string, string | undefined>>,
  decorate: (database: SqlDatabase) => SqlDatabase = (database) => database,
): Promise<Shop> => {
  const { dataDir, profile, host, port } = settings;
  const files = join(dataDir, 'media');
  const warehouse = join(dataDir, 'analytics');
  const recommended = join(dataDir, 'recommendation');
  const env: Readonly<Record<string, string | undefined>> = {
    ...ONE_PROCESS,
    ...settingsOfAddress(settings),
    ...demoSettings(settings.demo),
    ...(profile !== 'memory' && {
      MEDIA_DIRECTORY: files,
      ANALYTICS_FILE: join(warehouse, 'warehouse.duckdb'),
      ANALYTICS_LAKE: join(dataDir, 'lake'),
    }),
    ...environment,
  };
  openDataFolder(dataDir);
  const unlock = lockFolder(dataDir);
  if (settings.isFresh)
    for (const path of [`${dataDir}/keys.json`, files, warehouse, join(dataDir, 'lake'), recommended])
      rmSync(path, { force: true, recursive: true });
  const stopTracing = await startTracing('shop', environment);
  const root = makeLogger({
    level: settings.logLevel,
    ...(settings.logFile === undefined ? {} : { destination: settings.logFile }),
  });
  const loggerOf = (part: string): Logger => root.child({ service: part });
  const accounts = shownAccounts(env);
  const names = MODULES.map(({ name }) => name);
  const schemas = [
    ...STATEFUL.map(({ name, schema = name }) => schema),
    'bus',
    'mock_gateway',
    'mock_carrier',
  ];
  const opened = await openStore(settings, schemas, root);
  const taken = Promise.withResolvers<undefined>();
  const unwatch =
    opened &&
    (await lockDatabase(opened, () => {
      taken.resolve(undefined);
    }));
  const database = opened && decorate(opened);
  const keys = await signingKeys([...names, GATEWAY], profile === 'memory' ? undefined : dataDir);
  const userKey = keys.get('user');
  if (!userKey) throw new Error('the key that signs users’ tokens is missing');

  let forwarder: EventForwarder | undefined;
  const platform = await startPlatform({
    modules: MODULES,
    database,
    keys,
    env,
    loggerOf,
    validateResponses: settings.validateResponses,
    gateway: (toolbox) => {
      if (settings.hasRecommendations)
        forwarder = new EventForwarder(toolbox.bus, toolbox.client('recommendation'), toolbox.logger);
      return prepareGateway({
        specs: [
          ...MODULES.map(({ name, spec }) => ({ service: name, spec: loadSpec(spec) })),
          recommendation,
        ],
        hasRecommendations: settings.hasRecommendations,
        analytics: toolbox.client('analytics'),
        breakers: toolbox.breakers,
        addressesOf: (service) => toolbox.addresses.inTurn(service),
        neighbours: toolbox.neighbours,
        key: toolbox.key,
        verify: toolbox.verify,
        bus: toolbox.bus,
        logger: toolbox.logger,
        metrics: toolbox.metrics,
        security: toolbox.security,
        env,
        host,
        port,
        admin: adminPortal(),
        pages: {
          profile,
          accounts,
          links: () => [
            { href: '/admin', text: 'Admin portal' },
            { href: '/docs', text: 'API documentation' },
            { href: '/openapi.json', text: 'OpenAPI document' },
            { href: '/api/v1/products', text: 'Products' },
            ...(env['NOTIFICATION_MAILBOX'] === 'true'
              ? [{ href: '/dev/mailbox', text: 'Mailbox: what the shop has written to its customers' }]
              : []),
            { href: toolbox.addresses.of('mock-gateway'), text: 'Mock payment gateway, with its test cards' },
          ],
        },
      });
    },
  });
  let recommendations: Recommendations | undefined;
  const close = async (): Promise<void> => {
    unwatch?.();
    await recommendations?.stop();
    await platform.stop();
    await database?.close();
    await stopTracing();
    root.flush();
    unlock();
  };
  if (!settings.demo.includes('accounts'))
    await refuseDemoAccounts(platform.addresses.of('user')).catch(async (error: unknown) => {
      await close();
      throw error;
    });
  const imported = settings.hasSample
    ? await importSample({
        catalog: platform.addresses.of('catalog'),
        search: platform.addresses.of('search'),
        token: await operatorToken(userKey),
        mark: join(dataDir, `${profile}-${UNFINISHED}`), // each profile has a separate store
        settled: () => platform.settled(),
      })
    : 0;
  const admin = await openAdmin(platform, loggerOf('admin'), userKey, settings.adminPort, dataDir);
  openDataFolder(dataDir); // PGlite sets its own file modes
  const gateway = await platform.openGateway();
  if (forwarder) {
    const keysFile = join(dataDir, 'public-keys.json');
    writeFileSync(keysFile, JSON.stringify({ keys: [...keys.values()].map(publicJwk) }), { mode: 0o600 });
    const log = loggerOf('recommendation');
    recommendations = startRecommendations({
      forwarder,
      addresses: platform.addresses,
      env,
      folder: recommended,
      isKept: profile !== 'memory',
      keysFile,
      log: (line) => log.info(line),
    });
  }
  return {
    url: shownUrl(host, gateway.port),
    adminUrl: `http://127.0.0.1:${admin.port}`,
    tokensUrl: platform.addresses.of('mock-gateway'),
    imported,
    accounts,
    services: platform.services,
    recommendations,
    taken: taken.promise,
    logFile: settings.logFile,
    stop: async () => {
      await admin.close();
      await close();
    },
  };
};
