import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ensureProgram } from './debian.ts';
import { ensureFolder } from './folder.ts';
import { inLane } from './lanes.ts';
import { run } from './run.ts';

/** From here on Go fetches by itself, from the module proxy, the newer Go that a module asks for. */
const FETCHES_GO = { major: 1, minor: 21 };

const Downloaded = z.object({ Dir: z.string() });

/** The path of Go; throws if there is none that is new enough. */
export const ensureGo = async (): Promise<string> => {
  const go = await ensureProgram('go', 'golang-go');
  const version = await run(go, ['version']);
  const [, major, minor] = /go(\d+)[.](\d+)/.exec(version) ?? [];
  if (Number(major) > FETCHES_GO.major || Number(minor) >= FETCHES_GO.minor) return go;
  throw new Error(
    `Go 1.21 or newer is needed, here is ${version.trim()} (Debian 12: golang from bookworm-backports).`,
  );
};

export interface GoProgram {
  readonly module: string;
  readonly version: string;
  /** The main package, inside the module. */
  readonly path: string;
  /** Build tags. */
  readonly tags?: readonly string[];
  /** Files to write before the build: what the project's own release build would make. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Downloads a module and returns the folder with its files, which are read-only.
 * @param cwd a folder outside of all modules
 */
export const downloadGoModule = async (
  cwd: string,
  { module, version }: Pick<GoProgram, 'module' | 'version'>,
): Promise<string> => {
  const args = ['mod', 'download', '-json', `${module}@${version}`];
  const json = await run(await ensureGo(), args, { cwd, env: { GOFLAGS: '' } });
  return Downloaded.parse(JSON.parse(json)).Dir;
};

const SMALL = ['-trimpath', '-gcflags=all=-dwarf=false', '-ldflags=-s -w'];

/** Builds `folder`/program from the module proxy, once. (`go install` refuses modules with replace directives.) */
export const ensureGoProgram = (
  folder: string,
  { module, version, path, tags = [], files = {} }: GoProgram,
): Promise<void> =>
  inLane('go', () =>
    ensureFolder(folder, async (aside) => {
      const go = await ensureGo();
      const source = join(aside, 'source');
      await cp(await downloadGoModule(aside, { module, version }), source, { recursive: true });
      await run('chmod', ['-R', 'u+w', source]); // the module cache is read-only
      for (const [file, text] of Object.entries(files)) await writeFile(join(source, file), text);
      await run(go, ['build', ...SMALL, `-tags=${tags.join()}`, '-o', join(aside, 'program'), path], {
        cwd: source,
        env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod' },
      });
      await rm(source, { recursive: true });
    }),
  );

/** Builds the program whose source is in the folder `source`, once as long as that stays the same; returns its path. */
export const ensureOwnGoProgram = async (software: string, name: string, source: string): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of (await readdir(source)).toSorted()) hash.update(await readFile(join(source, file)));
  const folder = join(software, `${name}-${hash.digest('hex').slice(0, 12)}`);
  await inLane('go', () =>
    ensureFolder(folder, async (aside) => {
      await run(await ensureGo(), ['build', ...SMALL, '-o', join(aside, 'program'), '.'], {
        cwd: source,
        env: { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
      });
    }),
  );
  return join(folder, 'program');
};
