import { globSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../engines/install/run.ts';
import { CACHE, writeMirror, type Tools } from './tools.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Terraform asks nobody: neither for input nor for newer versions. */
const SETTINGS = { TF_IN_AUTOMATION: '1', TF_INPUT: '0', TF_CLI_ARGS: '-no-color', CHECKPOINT_DISABLE: '1' };

/** What configurations read of the project. */
const READ = ['terraform', 'contracts/events', 'helm/service', 'helm/environments'];

/**
 * A copy of the configurations, where Terraform runs on stand-ins for its providers: what it leaves behind is not in the project, above
 * all lock files with the checksums of stand-ins.
 */
export interface Workspace {
  readonly folder: string;
  readonly terraform: Terraform;
  /** Terraform with more in its environment. */
  with(env: Readonly<Record<string, string>>): Terraform;
}

/** Runs Terraform in a folder of the copy and returns what it wrote; throws `ProgramFailed`. */
export type Terraform = (folder: string, ...args: readonly string[]) => Promise<string>;

export const makeWorkspace = async ({ terraform, providers }: Tools): Promise<Workspace> => {
  const folder = join(CACHE, 'work');
  await rm(folder, { recursive: true, force: true });
  for (const part of READ) await cp(join(ROOT, part), join(folder, part), { recursive: true });
  for (const file of globSync(['services/*/main/server.ts', 'helm/services/*/values.yaml'], { cwd: ROOT }))
    await cp(join(ROOT, file), join(folder, file));
  const files = globSync('terraform/**/*.{tf,hcl}', { cwd: folder }).map((file) =>
    readFile(join(folder, file), 'utf8'),
  );
  const settings = await writeMirror(join(CACHE, 'mirror'), providers, (await Promise.all(files)).join('\n'));
  const withEnv =
    (env: Readonly<Record<string, string>>): Terraform =>
    (part, ...args) =>
      run(terraform, args, {
        cwd: join(folder, part),
        env: { ...env, ...SETTINGS, TF_CLI_CONFIG_FILE: settings },
      });
  return { folder, terraform: withEnv({}), with: withEnv };
};
