import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Names = z.record(z.string(), z.unknown()).default({});
const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.unknown().optional(),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
});

/** A package in `node_modules`. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** As its manifest says; empty if it says nothing. */
  readonly license: string;
  /** Relative to the root, such as `node_modules/a/node_modules/b`. */
  readonly folder: string;
}

const manifestOf = (folder: string): z.infer<typeof Manifest> =>
  Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));

/** Where Node finds a package for a module in `from`. */
const find = (root: string, name: string, from: string): string | undefined => {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(join(root, path, 'package.json'))) return path;
    if (folder === '.') return undefined;
  }
};

const licenseOf = (license: unknown): string =>
  z
    .union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)])
    .catch('')
    .parse(license);

/**
 * The packages and everything that they need, as they are installed here. Optional ones and peers that may be absent count where
 * they are installed, as they are for the platform that this runs on.
 * Throws if one that is needed is not installed.
 */
export const installedFor = (root: string, names: readonly string[]): readonly Installed[] => {
  const found = new Map<string, Installed>();
  const add = (name: string, from: string, isNeeded: boolean): void => {
    const folder = find(root, name, from);
    if (folder === undefined) {
      if (isNeeded) throw new Error(`${name}, which ${from} needs, is not installed`);
      return;
    }
    if (found.has(folder)) return;
    const manifest = manifestOf(join(root, folder));
    found.set(folder, { name, version: manifest.version, license: licenseOf(manifest.license), folder });
    for (const one of Object.keys(manifest.dependencies))
      add(one, folder, !(one in manifest.optionalDependencies));
    for (const one of Object.keys(manifest.optionalDependencies)) add(one, folder, false);
    for (const one of Object.keys(manifest.peerDependencies))
      if (manifest.peerDependenciesMeta[one]?.optional !== true) add(one, folder, false);
  };
  for (const name of names) add(name, '.', true);
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
};
