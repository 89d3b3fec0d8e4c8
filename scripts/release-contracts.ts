/**
 * `npm run openapi:release`, `npm run events:release`, `npm run lake:release`, `npm run pact:release`: copies the contracts to their folder
 * `published/`; from now on others rely on them. Refuses what breaks those who rely on the last release, unless
 * `--breaking` says so. With `--check` it copies nothing.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { CONTRACTS, filesOf } from './lib/published.ts';

const [name, ...options] = process.argv.slice(2);
if (name !== 'openapi' && name !== 'events' && name !== 'lake' && name !== 'pacts')
  throw new Error('usage: release-contracts.ts openapi|events|lake|pacts');
const contracts = CONTRACTS[name];
const { folder, published, breaches } = contracts;

mkdirSync(published, { recursive: true });
const found = breaches(published, folder);
for (const { kind, where, detail } of found) console.log(`${where}\n  ${kind} ${detail}`);

if (found.length > 0 && (options.includes('--check') || !options.includes('--breaking'))) {
  console.log(`${found.length} changes break clients of the last release of ${name}`);
  process.exitCode = 1;
} else if (options.includes('--check')) {
  console.log(`no change breaks clients of the last release of ${name}`);
} else {
  rmSync(published, { recursive: true });
  for (const file of filesOf(contracts)) cpSync(new URL(file, folder), new URL(file, published));
  console.log(`${filesOf(contracts).length} files released`);
}
