import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

describe('package-lock.json', () => {
  // npm drops what a registry does not have for other platforms, and `npm ci` then refuses everywhere. The cure is a
  // version that every platform has (see "overrides") and a lock file made without node_modules.
  it('locks the packages of every platform, or npm ci would refuse it', async () => {
    const { packages } = JSON.parse(
      await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8'),
    ) as LockFile;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });
});
