import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Started = z.object({ pid: z.int().positive(), born: z.string(), port: z.int() });

/** What `up` notes of a server that it started. */
export type Started = z.infer<typeof Started>;

const OWNER_ONLY = { mode: 0o600 };

/** The file's JSON; undefined when there is no file. */
export const readJson = async <T>(file: string, shape: z.ZodType<T>): Promise<T | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : shape.parse(JSON.parse(text));
};

/** Readable by its owner only, and never half written. */
export const writeJson = async (file: string, value: unknown): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const aside = `${file}.${randomUUID()}`;
  await writeFile(aside, `${JSON.stringify(value, null, 2)}\n`, OWNER_ONLY);
  await rename(aside, file);
};

const startedFile = (folder: string): string => join(folder, 'process.json');

export const readStarted = (folder: string): Promise<Started | undefined> =>
  readJson(startedFile(folder), Started);
export const writeStarted = (folder: string, started: Started): Promise<void> =>
  writeJson(startedFile(folder), started);

/** The engine's secrets; those that are missing are made. */
export const readSecrets = async (
  folder: string,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const file = join(folder, 'secrets.json');
  const known = (await readJson(file, z.record(z.string(), z.string()))) ?? {};
  const missing = names.filter((name) => !(name in known));
  if (missing.length === 0) return known;
  const all = {
    ...known,
    ...Object.fromEntries(missing.map((name) => [name, randomBytes(18).toString('hex')])),
  };
  await writeJson(file, all);
  return all;
};
