import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../engines/install/run.ts';
import type { Tools } from './tools.ts';
import type { Workspace } from './workspace.ts';

/** Makes a folder of configurations ready, without its backend. */
export const init = async ({ terraform }: Workspace, folder: string): Promise<void> => {
  await terraform(folder, 'init', '-backend=false');
};

export const validate = async (work: Workspace, folder: string): Promise<void> => {
  await init(work, folder);
  await work.terraform(folder, 'validate');
};

/** Plans without prior state; returns the plan as a file of JSON. */
export const plan = async (work: Workspace, folder: string, ...args: readonly string[]): Promise<string> => {
  const data = join(work.folder, folder);
  await mkdir(data, { recursive: true });
  // Plans need a backend; this one is a file in the copy.
  await writeFile(join(data, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  await work.terraform(folder, 'init', '-reconfigure');
  await work.terraform(folder, 'plan', '-out=plan', '-lock=false', ...args);
  const file = join(data, 'plan.json');
  await writeFile(file, await work.terraform(folder, 'show', '-json', 'plan'));
  return file;
};

/** Runs the tests of the policies; returns how many have passed. */
export const testPolicies = async ({ conftest }: Tools, { folder }: Workspace): Promise<number> => {
  const report = await run(conftest, ['verify', '--no-color', '--policy', join(folder, 'terraform/policy')]);
  return Number(/(\d+) passed/.exec(report)?.[1]);
};

/** Holds the variables in files against the policy for them; throws what they lack. */
export const describesVariables = async (
  { conftest }: Tools,
  { folder }: Workspace,
  ...files: readonly string[]
): Promise<void> => {
  const policy = ['--policy', join(folder, 'terraform/policy/variables'), '--namespace', 'variables'];
  const options = ['test', '--no-color', '--parser', 'hcl2', ...policy];
  await run(conftest, [...options, ...files.map((file) => join(folder, file))]);
};

/** Holds plans against the policies; throws what they break. */
export const obeys = async (
  { conftest }: Tools,
  work: Workspace,
  ...plans: readonly string[]
): Promise<void> => {
  await run(conftest, ['test', '--no-color', '--policy', join(work.folder, 'terraform/policy'), ...plans]);
};

/** Runs the tests of a folder; returns how many have passed, throws if one fails or there is none. */
export const test = async (work: Workspace, folder: string): Promise<number> => {
  await init(work, folder);
  const [, passed = '0'] = /(\d+) passed, 0 failed/.exec(await work.terraform(folder, 'test')) ?? [];
  if (passed === '0') throw new Error('there is no test');
  return Number(passed);
};

/** Changes a file of the copy for the time of a job; throws if it does not hold the text. */
export const withChange = async <T>(
  work: Workspace,
  { file, from, to }: { readonly file: string; readonly from: RegExp; readonly to: string },
  job: () => Promise<T>,
): Promise<T> => {
  const path = join(work.folder, file);
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${from.source}`);
  writeFileSync(path, changed);
  try {
    return await job();
  } finally {
    writeFileSync(path, text);
  }
};
