import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { ServiceName } from './service-name.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEMPLATES = join(ROOT, 'scripts', 'new-service');

/** `__kebab__`, `__Pascal__`, …: the spelling of that name. */
const fill = (text: string, name: ServiceName): string =>
  Object.entries(name).reduce(
    (filled, [spelling, word]: [string, string]) => filled.replaceAll(`__${spelling}__`, word),
    text,
  );

/** Lines break elsewhere when a name is longer. */
const pretty = async (file: string, text: string): Promise<string> =>
  /\.(ts|yaml)$/.test(file)
    ? format(text, { ...(await resolveConfig(join(ROOT, '.prettierrc'))), filepath: file })
    : text;

/** A new service's files, by their paths in the project. */
export const serviceFiles = async (name: ServiceName): Promise<ReadonlyMap<string, string>> => {
  const entries = await readdir(TEMPLATES, { recursive: true, withFileTypes: true });
  const templates = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files = templates.map(async (template): Promise<[string, string]> => {
    const file = fill(template.slice(TEMPLATES.length + 1).replace(/\.txt$/, ''), name);
    return [file.replaceAll('\\', '/'), await pretty(file, fill(await readFile(template, 'utf8'), name))];
  });
  return new Map(await Promise.all(files));
};

interface Package {
  readonly imports: Readonly<Record<string, string>>;
}

const readPackage = async (root: string): Promise<Package> =>
  JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Package;

/** True when the project at `root` has something of that name. */
export const isTaken = async (root: string, { kebab }: ServiceName): Promise<boolean> =>
  `#${kebab}/*` in (await readPackage(root)).imports ||
  [`services/${kebab}`, `openapi/${kebab}.yaml`].some((path) => existsSync(join(root, path)));

/** Writes the service into the project at `root`, and gives it its `#name/*` imports. Returns the files it made. */
export const writeService = async (root: string, name: ServiceName): Promise<readonly string[]> => {
  const files = await serviceFiles(name);
  for (const [file, text] of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text, { flag: 'wx' });
  }
  const pack = await readPackage(root);
  const imports = { ...pack.imports, [`#${name.kebab}/*`]: `./services/${name.kebab}/*` };
  await writeFile(join(root, 'package.json'), `${JSON.stringify({ ...pack, imports }, null, 2)}\n`);
  return [...files.keys()];
};
