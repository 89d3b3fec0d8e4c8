import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Aliases } from './own-files.ts';

/** What the repository says of itself. */
export interface Repository {
  /** Its folder. */
  readonly root: string;
  readonly version: string;
  /** The commit; that of `SHOP_COMMIT` where there is no Git, as in an image that is built. */
  readonly commit: string;
  readonly license: string;
  readonly aliases: Aliases;
  /** Package → version. */
  readonly dependencies: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const Manifest = z.object({
  version: z.string(),
  license: z.string(),
  imports: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
});

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return process.env['SHOP_COMMIT'] ?? 'unknown';
  }
};

export const repository = (): Repository => {
  const { version, license, imports, dependencies } = Manifest.parse(
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
  );
  return { root: ROOT, version, commit: commit(), license, aliases: imports, dependencies };
};
