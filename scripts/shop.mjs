/**
 * The one entry behind the npm scripts: `node scripts/shop.mjs NAME [arguments]`, on Node 20 or newer and with nothing
 * installed. Installs what is missing, then runs the script on the project's own Node (node_modules/node).
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const RUNTIME = 'services/all-in-one/main/runtime.json';
const STAMP = 'node_modules/.shop-stamp';
const WINDOWS = process.platform === 'win32';
const NODE = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');

/** Script → what Node runs for it. */
const SCRIPTS = {
  start: ['services/all-in-one/main/start.ts'],
  demo: ['test/demo/demo.ts'],
  bench: ['test/bench/bench.ts'],
  'bench search': ['test/bench/search/bench-search.ts'],
  'bench media': ['test/bench/media/bench-media.ts'],
  'bench analytics': ['test/bench/analytics/bench-analytics.ts'],
  'bench catalog': ['test/bench/catalog/bench-catalog.ts'],
  'bench orders': ['test/bench/orders/bench-orders.ts'],
  'bench sizes': ['test/bench/sizes/bench-sizes.ts'],
  'bench catalog-import': ['test/bench/catalog/bench-import.ts'],
  test: ['scripts/test.ts'],
  'test:pg': ['scripts/test-pg.ts'],
  'test:engines': ['scripts/test-engines.ts'],
  'test:crash': ['scripts/test-crash.ts'],
  'test:faces': ['scripts/test-faces.ts'],
  'test:ml': ['scripts/test-ml.ts'],
  'test:cluster': ['scripts/test-cluster.ts'],
  'test:infra': ['scripts/test-infra.ts'],
  ml: ['scripts/ml.ts', 'ml'],
  'ml:evaluate': ['scripts/ml.ts', 'evaluate'],
  properties: ['scripts/properties.ts'],
  'search:quality': ['scripts/search-quality.ts'],
  generate: ['scripts/generate.ts'],
  events: ['scripts/events.ts'],
  faces: ['scripts/faces.ts'],
  chaos: ['test/chaos/chaos.ts'],
  gameday: ['test/gameday/gameday.ts'],
  migrate: ['scripts/migrate.ts'],
  service: ['scripts/service.ts'],
  package: ['scripts/package.ts'],
  engines: ['scripts/engines.ts'],
  images: ['scripts/images.ts'],
  'catalog:import': ['services/catalog/main/import.ts'],
  'catalog:export': ['services/catalog/main/export.ts'],
  'review:repair': ['scripts/review-repair.ts'],
  'user:reseal': ['scripts/user-reseal.ts'],
  'audit:verify': ['scripts/audit-verify.ts'],
  'search:reindex': ['scripts/search-reindex.ts'],
  'new:service': ['scripts/new-service.ts'],
  lint: ['node_modules/oxlint/bin/oxlint'],
  'openapi:lint': ['scripts/openapi-lint.ts'],
  'openapi:release': ['scripts/release-contracts.ts', 'openapi'],
  'events:release': ['scripts/release-contracts.ts', 'events'],
  'lake:release': ['scripts/release-contracts.ts', 'lake'],
  'migrations:release': ['scripts/release-migrations.ts'],
  format: ['node_modules/prettier/bin/prettier.cjs', '--log-level', 'warn', '--write', '.'],
  fuzz: ['scripts/fuzz.ts'],
  mutation: ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run'],
  pact: ['scripts/pact.ts'],
  'pact:can-i-deploy': ['scripts/can-i-deploy.ts'],
  'pact:release': ['scripts/release-contracts.ts', 'pacts'],
};

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

const read = (file) => {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

const npm = (args, cwd = ROOT) => {
  const { status } = spawnSync(WINDOWS ? 'npm.cmd' : 'npm', args, {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: WINDOWS,
  });
  return status === 0;
};

/** Whether node_modules, as npm left it, holds every package that the lock file asks for here. */
const holds = (lock) => {
  const installed = JSON.parse(read('node_modules/.package-lock.json') ?? '{}').packages ?? {};
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
};

const installPackages = () => {
  const lock = read('package-lock.json') ?? fail('package-lock.json is missing');
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (read(STAMP) === stamp) return;
  if (!holds(lock)) {
    console.error('Installing packages, this takes a minute …');
    if (!npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
      fail('`npm ci` failed, see above. It needs npm 10 or newer, a registry, and node_modules writable.');
    }
  }
  writeFileSync(join(ROOT, STAMP), stamp);
};

/** The project's Node; where install scripts are switched off npm leaves it out, so its script is run here. */
const nodeBinary = () => {
  if (existsSync(NODE)) return NODE;
  spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: join(ROOT, 'node_modules', 'node'),
    stdio: ['ignore', 2, 2],
  });
  if (existsSync(NODE)) return NODE;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return fail('Node 24 could not be installed for this platform; install it and try again.');
};

const [name = '', ...args] = process.argv.slice(2);
const script = SCRIPTS[`${name} ${args[0]}`] ?? SCRIPTS[name];
if (!script)
  fail(`usage: node scripts/shop.mjs NAME [arguments]\nNAME is one of ${Object.keys(SCRIPTS).join(', ')}`);

installPackages();
const node = nodeBinary();
/** For the shop itself: by default, the young generation and an arena per compiling thread hold 200 MB that it does not use. */
const { flags, env } = name === 'start' ? JSON.parse(read(RUNTIME)) : { flags: [], env: {} };
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...flags, ...script, ...args], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...env, ...process.env, PATH: `${dirname(node)}${WINDOWS ? ';' : ':'}${process.env.PATH ?? ''}` },
});

// A terminal sends Ctrl-C to the whole group, so the child has it already.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
process.on('SIGTERM', () => child.kill('SIGTERM'));
// `kill` of npm ends npm and its shell, and neither tells us.
const parent = process.ppid;
const watch = setInterval(() => {
  if (!process.env.npm_lifecycle_event || process.ppid === parent) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, 250);
child.on('error', (error) => fail(`${node}: ${error.message}`));
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else process.exit(code ?? 1);
});
