// Who may import whom. Each rule has a canary of its name in test/architecture/canaries/.
const TESTS = ['(^|/)test/', '[.](spec|contract)[.]ts$'];
const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      comment:
        'A core imports its own core, the shared kernel and what pages show: no adapter, no node builtin, and no package but those that only compute.',
      severity: 'error',
      from: { path: '^services/([^/]+)/core/', pathNot: TESTS },
      to: {
        pathNot: [
          '^services/$1/core/',
          '^shared-kernel/',
          '^contracts/pages/',
          ...npm('any-ascii', 'pluralize-esm'),
        ],
      },
    },
    {
      name: 'kernel-stands-alone',
      comment: 'The shared kernel imports nothing but itself and the types of the events.',
      severity: 'error',
      from: { path: '^shared-kernel/', pathNot: TESTS },
      to: { pathNot: ['^shared-kernel/', '^contracts/generated/'] },
    },
    {
      name: 'adapters-know-no-service',
      severity: 'error',
      from: { path: '^adapters/' },
      to: { path: '^services/' },
    },
    {
      name: 'services-are-strangers',
      comment: 'A service never imports another one; they talk by HTTP and events.',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/all-in-one/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'all-in-one-only-composes',
      comment: 'All-in-one may import the main/ of each service, nothing deeper.',
      severity: 'error',
      from: { path: '^services/all-in-one/', pathNot: TESTS },
      to: { path: '^services/', pathNot: '^services/(all-in-one|[^/]+/main)/' },
    },
    {
      name: 'no-climbing-out',
      comment: 'Out of a service (or a root folder) by `#…` imports only.',
      severity: 'error',
      from: { path: '^(services/[^/]+|adapters|shared-kernel|scripts|test|clients)/' },
      to: {
        path: '^[^/]+/',
        pathNot: '^$1/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased-subpath-import'],
      },
    },
    {
      name: 'only-main-composes',
      severity: 'error',
      from: { pathNot: ['^services/[^/]+/main/', '^adapters/service/(token|storage)[.]ts$', ...TESTS] },
      to: { path: npm('inversify') },
    },
    {
      name: 'express-at-the-edge',
      severity: 'error',
      from: { pathNot: ['^adapters/http/', '^services/(gateway|admin-portal)/', ...TESTS] },
      to: { path: npm('express', 'express-openapi-validator', '@types/express') },
    },
    {
      name: 'sql-in-postgres-adapters',
      severity: 'error',
      from: { pathNot: ['^adapters/postgres/', '^services/[^/]+/adapters/postgres/', ...TESTS] },
      to: { path: npm('pg', '@types/pg', '@electric-sql', '@mikro-orm', 'kysely') },
    },
    {
      name: 'kafka-in-its-adapter',
      severity: 'error',
      from: { pathNot: '^adapters/kafka/' },
      to: { path: npm('@platformatic/kafka') },
    },
    {
      name: 'redis-in-its-adapter',
      severity: 'error',
      from: { pathNot: '^adapters/redis/' },
      to: { path: npm('ioredis') },
    },
    {
      name: 'mongo-in-its-adapter',
      comment:
        'Code with the driver or its types could use operators for which some servers return wrong results.',
      severity: 'error',
      from: { pathNot: '^adapters/mongo/' },
      to: { path: npm('mongodb', 'bson') },
    },
    {
      name: 'opensearch-in-its-adapter',
      severity: 'error',
      from: { pathNot: ['^adapters/opensearch/', '^services/[^/]+/adapters/opensearch/'] },
      to: { path: npm('@opensearch-project') },
    },
    {
      name: 'pictures-in-their-adapter',
      comment: 'It closes the decoders that are not safe with files of strangers.',
      severity: 'error',
      from: { pathNot: ['^services/media/adapters/pictures/', ...TESTS] },
      to: { path: npm('sharp') },
    },
    {
      name: 's3-in-its-adapter',
      severity: 'error',
      from: { pathNot: ['^(services/(analytics|media)/)?adapters/s3/', ...TESTS] },
      to: { path: npm('@aws-sdk', '@smithy') },
    },
    {
      name: 'production-without-tests',
      severity: 'error',
      from: { path: '^(services|adapters|shared-kernel)/', pathNot: TESTS },
      to: { path: TESTS, pathNot: 'node_modules' },
    },
    {
      name: 'production-declares-its-packages',
      comment: 'What runs in production is listed in dependencies.',
      severity: 'error',
      from: { path: '^(services|adapters|shared-kernel)/', pathNot: TESTS },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'type-only'],
      },
    },
    {
      name: 'client-stands-alone',
      comment:
        'What is published for frontends imports nothing of the platform, and what its package.json names.',
      severity: 'error',
      from: { path: '^clients/typescript/src/' },
      to: { pathNot: ['^clients/typescript/src/', ...npm('openapi-fetch')] },
    },
    {
      name: 'faces-stand-alone',
      comment:
        'What runs in browsers, and the pages that the server renders, import packages, the typed client and the types of contracts.',
      severity: 'error',
      from: { path: '^faces/([^/]+)/', pathNot: TESTS },
      to: { pathNot: ['^faces/$1/', '^clients/typescript/src/', '^contracts/', '(^|/)node_modules/'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'all-imports-resolve',
      comment: 'What cannot be resolved escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true, // else every `import type` escapes
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(test/architecture/canaries|[.]cache|[.]data|coverage|reports)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
