import { globSync } from 'node:fs';
import { basename } from 'node:path';

// Pact's core would report its use to its makers. It reads the real environment, which a test cannot change.
process.env.PACT_DO_NOT_TRACK = 'true';
// Tests talk to this machine alone; Pact would send even that to a proxy.
for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];

/**
 * Specs of a real PostgreSQL (`*.pg.spec.ts`) run where `TEST_DATABASE_URL` names one. `SHOP_TEST` picks specs: `pg` those
 * and the contract suites, which then run on it; `engines` those of the other servers (`*.engines.spec.ts`) and the
 * contract suites that know them; `crash` the crash test; `properties` what is tried with random histories.
 */
const PICKED = {
  properties: ['**/*.property.spec.ts'],
  pg: ['**/*.pg.spec.ts', '**/*.contract.spec.ts'],
  crash: ['**/test/crash/*.spec.ts'],
  engines: [
    '**/*.engines.spec.ts',
    '**/test/acceptance/{purchase,password-reset,cancel,timers}.spec.ts',
    '**/test/contracts/*.contract.spec.ts',
    '**/adapters/messaging/consumer.contract.spec.ts',
    '**/services/cart/test/*.contract.spec.ts',
    '**/services/gateway/test/*.contract.spec.ts',
    '**/services/catalog/test/{product-repository.contract,api,lists,import-api}.spec.ts',
  ],
};
const picked = PICKED[process.env.SHOP_TEST];
const needing = process.env.TEST_DATABASE_URL === undefined ? 'pg|engines' : 'engines';

/** Reached only on real servers, or as a process of its own: by `npm run test:engines` and the crash test. */
const ON_SERVERS = [
  'adapters/{mongo,redis}/**',
  'adapters/kafka/kafka-client.platformatic.ts',
  'adapters/service/run.ts',
  'services/*/adapters/{mongo,redis}/**',
  'services/**/*.{mongo,redis}.ts',
  'services/*/main/{server,start,import}.ts',
  'services/all-in-one/main/distributed/{open,fleet-operations,engines}.ts',
];

/** The least share of lines and branches that the tests reach, in per cent, by kind of folder. */
const COVERAGE_FLOORS = {
  kernel: { lines: 98, branches: 95 },
  core: { lines: 98, branches: 95 },
  adapters: { lines: 95, branches: 85 },
  main: { lines: 85, branches: 50 }, // few branches: one for each kind of store
};

/** Jest applies a threshold to each listed folder as a whole. */
const coverageThreshold = {
  './shared-kernel/': COVERAGE_FLOORS.kernel,
  './adapters/': COVERAGE_FLOORS.adapters,
  './services/gateway/': COVERAGE_FLOORS.adapters,
};
for (const folder of globSync('services/*/{core,adapters,main}', { cwd: import.meta.dirname }))
  if (!folder.startsWith('services/gateway/'))
    coverageThreshold[`./${folder}/`] = COVERAGE_FLOORS[basename(folder)];

/** Strips the types; `module` is swc's name of the kind of module that remains. */
export const typescriptAs = (module) => ({
  '[.]ts$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
      module: { type: module },
      sourceMaps: 'inline',
    },
  ],
});

/** @type {import('jest').Config} */
export default {
  testMatch: picked ?? ['**/*.spec.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/(engines|chaos|architecture/canaries)/',
    ...(picked ? [] : [`[.](${needing})[.]spec[.]ts$`]),
  ],
  modulePathIgnorePatterns: ['<rootDir>/([.]cache|[.]data|reports|test/architecture/canaries)/'],
  testEnvironment: 'node',
  maxWorkers: process.env.SHOP_TEST === 'engines' ? 1 : 2, // the shop as ten processes has its two cores to itself
  // What takes a second takes a minute on a machine that does other things as well; none waits that long for nothing.
  testTimeout: 180_000,
  workerIdleMemoryLimit: '1GB', // a worker keeps something of each spec: at 4 GB it does little but collect garbage

  extensionsToTreatAsEsm: ['.ts'],
  transform: typescriptAs('es6'),

  collectCoverageFrom: [
    'shared-kernel/**/*.ts',
    'adapters/**/*.ts',
    'services/*/{core,adapters,main}/**/*.ts',
    'services/gateway/*.ts',
    '!**/*.{spec,contract}.ts',
    '!**/test/**',
    ...ON_SERVERS.map((files) => `!${files}`),
  ],
  coverageProvider: 'babel', // v8 counts the branches of swc's output, and no `else` that was never taken
  coverageDirectory: 'coverage',
  coverageReporters: ['text-summary', 'lcov', 'json-summary'],
  coverageThreshold,
};
