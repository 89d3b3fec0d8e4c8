/** The scripts that write commits, run on a repository, with a `gh` that only notes what it is asked for. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { valuesOf } from '#scripts/lib/images.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';

const STAGING = 'helm/environments/images/staging.yaml';
const PRODUCTION = 'helm/environments/images/production.yaml';

const scriptOf = (name: string): string =>
  fileURLToPath(new URL(`../../scripts/delivery/${name}.sh`, import.meta.url));

const running = (version: string): string => valuesOf({ version, digests: {} });

/** The released contracts, each of them with a text. */
const released = (text: string): Readonly<Record<string, string>> => ({
  [`contracts/events/published/${text}.json`]: text,
  'contracts/lake/published/orders.json': text,
  'contracts/pacts/published/cart-catalog.json': text,
  'contracts/migrations.json': text,
  'openapi/published/order.yaml': text,
});

/** A clone of a repository, as a job has it. */
const openRepository = () => {
  const folder = temporaryFolder();
  const [origin, clone, bin] = [join(folder, 'origin'), join(folder, 'clone'), join(folder, 'bin')];
  mkdirSync(bin);
  const asked = join(folder, 'asked');
  writeFileSync(
    join(bin, 'gh'),
    `#!/bin/sh\necho "$@" >> ${asked}\n[ "$1" != pr ] || eval cat '"$'$#'"' >> ${asked}\n`,
  );
  chmodSync(join(bin, 'gh'), 0o755);
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  execFileSync('git', ['clone', '--quiet', origin, clone], { stdio: 'ignore' });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.com');
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(clone, file)), { recursive: true });
      writeFileSync(join(clone, file), text);
    }
  };
  return {
    git,
    write,
    /** Commits files to main of the origin; returns the commit. */
    commit: (files: Readonly<Record<string, string>>): string => {
      write(files);
      git('add', '.');
      git('commit', '--quiet', '--message', Object.keys(files).join(' '));
      git('push', '--quiet', 'origin', 'HEAD:main');
      return git('rev-parse', 'HEAD');
    },
    /** Runs a script of the workflows; returns what `gh` was asked for, and the text of pull requests. */
    run: (script: string, args: readonly string[], input = ''): string => {
      execFileSync(scriptOf(script), args, {
        cwd: clone,
        input,
        env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
        stdio: 'pipe',
      });
      return readFileSync(asked, 'utf8');
    },
  };
};

describe('The commit for staging', () => {
  it('holds what was built, also if main has moved on', () => {
    const { git, commit, run } = openRepository();
    const built = commit({ [STAGING]: running('before'), code: '1' });
    const later = commit({ code: '2' });
    git('reset', '--quiet', '--hard', built);
    run('stage', [built], running(built));
    git('fetch', '--quiet');
    expect(`${git('show', `origin/main:${STAGING}`)}\n`).toBe(running(built));
    expect(git('rev-parse', 'origin/main~1')).toBe(later);
    expect(git('log', '-1', '--format=%s', 'origin/main')).toBe(`deploy: staging runs ${built.slice(0, 12)}`);
  });
});

describe('The pull request for production', () => {
  let repository: ReturnType<typeof openRepository>;
  let candidate: string;
  let asked: string;

  beforeAll(() => {
    repository = openRepository();
    const { git, commit, write, run } = repository;
    const first = commit({
      [STAGING]: running('first'),
      [PRODUCTION]: running('first'),
      ...released('old'),
    });
    commit({ [PRODUCTION]: running(first) });
    candidate = commit({ code: 'candidate' });
    // Main goes on: staging runs the candidate, production was rolled back, something else was merged.
    commit({ [STAGING]: running(candidate) });
    commit({ [PRODUCTION]: `${running(first)}# again\n` });
    const main = commit({ 'not yet in staging': '' });
    git('switch', '--quiet', '--detach', candidate);
    git('rm', '--quiet', 'contracts/events/published/old.json');
    write(released('new'));
    asked = run('promote', [candidate, main]);
    git('fetch', '--quiet');
  });

  it('brings production what staging runs', () => {
    const { git } = repository;
    expect(`${git('show', `origin/release/${candidate}:${PRODUCTION}`)}\n`).toBe(running(candidate));
  });

  it('changes nothing else of main but the contracts', () => {
    const { git } = repository;
    const changed = git('diff', '--name-only', 'origin/main', `origin/release/${candidate}`).split('\n');
    expect(changed.filter((file) => file !== PRODUCTION && !/^(contracts|openapi)\//.test(file))).toEqual([]);
    expect(changed).toContain(PRODUCTION);
  });

  it('releases the contracts as they are at that commit', () => {
    const { git } = repository;
    const files = git('ls-tree', '-r', '--name-only', `origin/release/${candidate}`, 'contracts', 'openapi');
    expect(files.split('\n')).toEqual(Object.keys(released('new')).toSorted());
    expect(git('show', `origin/release/${candidate}:openapi/published/order.yaml`)).toBe('new');
  });

  it('lists the commits since the last release', () => {
    expect(asked).toContain(
      `pr create --base main --title deploy: production runs ${candidate.slice(0, 12)}`,
    );
    expect(asked).toContain(`- ${candidate.slice(0, 7)} code`);
    expect(asked).not.toContain('not yet in staging');
  });
});
