import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { generateKey, type PrivateJwk } from '#adapters/auth/tokens.ts';

const file = z.record(z.string(), z.looseObject({ kid: z.string() }));

/** A signing key per name, generated at the first start; stored in `folder` if given, readable by the owner only. */
export const signingKeys = async (
  names: readonly string[],
  folder: string | undefined,
): Promise<ReadonlyMap<string, PrivateJwk>> => {
  const path = folder === undefined ? undefined : join(folder, 'keys.json');
  const keys = new Map<string, PrivateJwk>(
    path !== undefined && existsSync(path)
      ? Object.entries(file.parse(JSON.parse(readFileSync(path, 'utf8'))))
      : [],
  );
  for (const name of names) if (!keys.has(name)) keys.set(name, await generateKey(name));
  if (path !== undefined && folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(Object.fromEntries(keys)), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return keys;
};
