import { globSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import { HOOK_MS } from './test/kit/within.ts';

// Pact's core would report its use to its makers. It reads the real environment, which a test cannot change.
process.env['PACT_DO_NOT_TRACK'] = 'true';
// Tests talk to this machine alone; Pact would send even that to a proxy.
for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'])
  Reflect.deleteProperty(process.env, name);

/**
 * Specs of a real PostgreSQL (`*.pg.spec.ts`) run where `TEST_DATABASE_URL` names one. `SHOP_TEST` picks specs: `pg` those
 * and the contract suites, which then run on it, and acceptance on PGlite; `engines` those of the other servers (`*.engines.spec.ts`) and the
 * contract suites that know them; `faces` what people do in a browser, `speed` how soon they see it;
 * `ml` those of the service in Python; `cluster` those of containers;
 * `fleets` the acceptance specs of the shop as one process per service; `crash` the crash test; `properties` what is tried with random histories.
 */
const PICKED: Readonly<Record<string, readonly string[]>> = {
  properties: ['**/*.property.spec.ts'],
  pg: [
    '**/*.pg.spec.ts',
    '**/*.contract.spec.ts',
    'test/acceptance/{access,purchase,guest,password-reset,email,search,catalogue,privacy,review}.spec.ts',
  ],
  crash: ['test/crash/*.spec.ts'],
  faces: ['test/faces/**/*.faces.spec.ts'],
  speed: ['test/faces/**/*.speed.spec.ts'],
  ml: ['**/*.ml.spec.ts'],
  cluster: ['**/*.cluster.spec.ts'],
  engines: [
    '!(test)/**/*.engines.spec.ts',
    'test/!(acceptance)/**/*.engines.spec.ts',
    'test/contracts/*.contract.spec.ts',
    'adapters/messaging/consumer.contract.spec.ts',
    'services/cart/test/*.contract.spec.ts',
    'services/search/test/{finding,facets,ranges,pages,changes,categories,suggestions,popular}.contract.spec.ts',
    'services/analytics/test/warehouse.contract.spec.ts',
    'services/gateway/test/*.contract.spec.ts',
    'services/review/test/!(upgrade).contract.spec.ts',
    'services/review/test/{api,moderation,votes,questions}.spec.ts',
    'services/catalog/test/!(upgrade|json-refresh).contract.spec.ts',
    'services/catalog/test/{api,lists,publishing,trash,duplicate,presentation,staff,import-api,imports}.spec.ts',
    'services/catalog/test/{price-lists,variants,bulk-edits,categories,collections,refresh-products}.spec.ts',
  ],
  fleets: [
    'test/acceptance/*.engines.spec.ts',
    'test/acceptance/{access,purchase,password-reset,email,cancel,search,timers,catalogue,review}.spec.ts',
  ],
};
const { SHOP_TEST = '', TEST_DATABASE_URL } = process.env;
const picked = PICKED[SHOP_TEST];
const needing =
  TEST_DATABASE_URL === undefined
    ? '{pg,engines,faces,speed,ml,cluster}'
    : '{engines,faces,speed,ml,cluster}';

/**
 * Reached only on real servers, in a browser, or in a thread or process of its own: by `npm run test:engines`, `test:faces` and the
 * crash test; the service in Python by `test:ml`.
 */
const ON_SERVERS = [
  'adapters/{mongo,redis,s3}/**',
  'adapters/kafka/kafka-client.platformatic.ts',
  'adapters/service/run.ts',
  'services/search/adapters/embedded/segment-thread.ts',
  'services/*/adapters/{cassandra,mongo,opensearch,redis,s3}/**',
  'services/**/*.{mongo,redis}.ts',
  'services/storefront/adapters/{shop,render}/**',
  'services/recommendation/main/**',
  'services/all-in-one/main/recommendations.ts',
  'services/*/main/{server,start,import,export,shop-client}.ts',
  'services/all-in-one/main/distributed/{open,fleet-operations,engines}.ts',
];

/** The least share of lines and branches that the tests reach, in per cent, by kind of folder. */
const COVERAGE_FLOORS = {
  kernel: { lines: 98, branches: 95 },
  core: { lines: 98, branches: 95 },
  adapters: { lines: 95, branches: 85 },
  main: { lines: 85, branches: 50 }, // few branches: one for each kind of store
};

const floorsOf = (kind: 'core' | 'adapters' | 'main') =>
  globSync(`services/*/${kind}`, { cwd: import.meta.dirname, exclude: ['services/gateway'] }).map(
    (folder) => [`${folder}/**`, COVERAGE_FLOORS[kind]] as const,
  );

/** Each folder reaches its floor as a whole. */
const coverageThresholds = Object.fromEntries([
  ['shared-kernel/**', COVERAGE_FLOORS.kernel],
  ['adapters/**', COVERAGE_FLOORS.adapters],
  ['services/gateway/**', COVERAGE_FLOORS.adapters],
  ...floorsOf('core'),
  ...floorsOf('adapters'),
  ...floorsOf('main'),
]);

export default defineConfig({
  cacheDir: '.cache/vitest', // how long each spec took: the slowest start first
  test: {
    include: [...(picked ?? ['**/*.spec.ts'])],
    exclude: [
      ...configDefaults.exclude,
      '{.cache,.data,reports}/**',
      'test/architecture/canaries/**',
      ...(picked ? [] : ['test/crash/**', `**/*.${needing}.spec.ts`]),
    ],
    // Specs are loaded by Node itself, as the shop is, and each module once per worker: see docs/adr/0030.
    pool: 'forks',
    isolate: false,
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    setupFiles: ['test/kit/setup.ts'],
    maxWorkers: ['engines', 'fleets'].includes(SHOP_TEST) ? 1 : 2, // these two run side by side
    // What takes a second takes a minute on a machine that does other things as well; none waits that long for nothing.
    testTimeout: 180_000,
    hookTimeout: HOOK_MS,
    expect: { poll: { timeout: 30_000 } },

    coverage: {
      provider: 'v8',
      include: [
        'shared-kernel/**/*.ts',
        'adapters/**/*.ts',
        'services/*/{core,adapters,main}/**/*.ts',
        'services/gateway/*.ts',
      ],
      exclude: ['**/*.{spec,contract}.ts', '**/test/**', ...ON_SERVERS],
      reportsDirectory: 'coverage',
      reportOnFailure: true,
      reporter: ['text-summary', 'lcov', 'json-summary'],
      thresholds: coverageThresholds,
    },
  },
});
