import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the built page where its nonce belongs; see `faces/admin/vite.config.ts`. */
const NONCE = '__NONCE__';

/** A build of the portal (`npm run faces`). */
export interface Build {
  /** The page, with a nonce for its styles. */
  readonly page: (nonce: string) => string;
  /** The names of the files under `assets/`, compressed ones included. */
  readonly assets: ReadonlySet<string>;
}

/** Undefined if the portal has not been built. */
export const readBuild = (folder: string): Build | undefined => {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return undefined;
  const parts = readFileSync(page, 'utf8').split(NONCE);
  return {
    page: (nonce) => parts.join(nonce),
    assets: new Set(globSync('*', { cwd: join(folder, 'assets') })),
  };
};
