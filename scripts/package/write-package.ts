import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { installedFor, type Installed } from './installed.ts';
import { ownFilesOf } from './own-files.ts';
import type { Repository } from './repository.ts';

export interface Packaged {
  readonly modules: number;
  readonly packages: readonly Installed[];
}

/** What nothing loads at run time: types, source maps, texts, and TypeScript, which Node does not run in packages. */
const UNUSED = /\.([cm]?tsx?|map|md|markdown|flow|tsbuildinfo)$/i;
const KEPT = /^(licen[cs]e|notice|copying)/i;
/** The built pages are the only part of the cache that a program needs. */
const isCache = (path: string): boolean => path.startsWith('.cache') && !path.startsWith('.cache/faces');

/**
 * Writes what one service needs into a folder of its own: its modules, the files that they read, and the packages that they use,
 * as they are installed here. `node <entry>` starts it, `node <entry> migrate` brings its database to the newest schema.
 * @param out is emptied first
 */
export const writePackage = (
  { root, version, commit, license, aliases, dependencies }: Repository,
  service: string,
  out: string,
): Packaged => {
  const entry = `services/${service}/main/server.ts`;
  const own = ownFilesOf(root, entry, aliases, new Set(Object.keys(dependencies)));
  const packages = installedFor(root, own.packages);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });

  for (const path of [...own.modules, ...own.assets])
    if (!isCache(path)) cpSync(join(root, path), join(out, path), { recursive: true, dereference: true });
  for (const { folder } of packages)
    cpSync(join(root, folder), join(out, folder), {
      recursive: true,
      dereference: true,
      filter: (path) => {
        if (path.startsWith(join(root, folder, 'node_modules'))) return false; // each is copied by itself, if at all
        return KEPT.test(basename(path)) || !UNUSED.test(path);
      },
    });

  const used = own.packages.map((name) => [name, dependencies[name] ?? '*'] as const);
  const text = (file: string, content: string): void => writeFileSync(join(out, file), content);
  text(
    'package.json',
    `${JSON.stringify(
      {
        name: `shop-${service}`,
        version,
        license,
        private: true,
        type: 'module',
        main: entry,
        engines: { node: '>=24' },
        imports: Object.fromEntries(
          Object.entries(aliases).filter(([, to]) => existsSync(join(out, to.replace('*', '')))),
        ),
        dependencies: Object.fromEntries(used),
      },
      undefined,
      2,
    )}\n`,
  );
  text('VERSION', `${version} ${commit}\n`);
  cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
  text('LICENSES.md', licensesOf(packages));
  text('sbom.cdx.json', sbomOf(out));
  return { modules: own.modules.length, packages };
};

/** Their texts are in the folders of the packages. */
const licensesOf = (packages: readonly Installed[]): string =>
  [
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`),
    '',
  ].join('\n');

/** In CycloneDX, by npm, of what was written. */
const sbomOf = (out: string): string => {
  const { status, stdout, stderr } = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--offline'], {
    cwd: out,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
  return stdout;
};
