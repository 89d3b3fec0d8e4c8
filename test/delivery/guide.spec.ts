import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRunning, valuesOf } from '#scripts/lib/images.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GUIDE = readFileSync(join(ROOT, 'docs/guides/delivery.md'), 'utf8');
const FILE = 'helm/environments/images/production.yaml';

/** The first shell block after a mark. */
const blockAfter = (mark: string): string => {
  const [, script] = /```sh\n([^]*?)```/.exec(GUIDE.slice(GUIDE.indexOf(`<!-- tested: ${mark} -->`))) ?? [];
  if (script === undefined) throw new Error(`there is no block ${mark}`);
  return script;
};

/** A repository in which production has run three versions. */
const makeRepository = () => {
  const folder = temporaryFolder();
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.com');
  mkdirSync(join(folder, 'helm/environments/images'), { recursive: true });
  for (const version of ['first', 'second', 'third']) {
    writeFileSync(join(folder, FILE), valuesOf({ version, digests: {} }));
    writeFileSync(join(folder, 'code'), version);
    git('add', '.');
    git('commit', '--quiet', '--message', version);
  }
  writeFileSync(join(folder, 'code'), 'later');
  git('commit', '--quiet', '--all', '--message', 'something else');
  return { folder, git };
};

describe('The guide to delivery', () => {
  it('brings back what ran before', () => {
    const { folder, git } = makeRepository();
    execFileSync('bash', ['--norc', '-euc', blockAfter('rollback')], { cwd: folder, stdio: 'pipe' });
    expect(readRunning(readFileSync(join(folder, FILE), 'utf8')).version).toBe('second');
    expect(git('diff', '--name-only', 'main', 'rollback').trim()).toBe(FILE);
    expect(git('status', '--short')).toBe('');
  });

  it('shows what runs', () => {
    const [version = '', list = ''] = blockAfter('what runs').split('\n');
    const npm = 'npm() { shift 3; node scripts/images.ts "$@"; }\n';
    const run = (line: string): string =>
      execFileSync('bash', ['--norc', '-euc', npm + line], { cwd: ROOT, encoding: 'utf8' });
    expect(run(version)).toMatch(/^\S+\n$/);
    expect(run(list)).toMatch(/^(\S+@sha256:\S+\n)*$/);
  });
});
