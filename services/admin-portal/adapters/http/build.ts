import { globSync, readFileSync, statSync } from 'node:fs';
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

const read = (folder: string): Build => {
  const parts = readFileSync(join(folder, 'index.html'), 'utf8').split(NONCE);
  return {
    page: (nonce) => parts.join(nonce),
    assets: new Set(globSync('*', { cwd: join(folder, 'assets') })),
  };
};

/** Returns the current build, which may replace another while this process runs; undefined while there is none. */
export const followBuild = (folder: string): (() => Build | undefined) => {
  let readAt: number | undefined;
  let build: Build | undefined;
  return () => {
    const builtAt = statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs;
    if (builtAt !== undefined && builtAt !== readAt) build = read(folder);
    readAt = builtAt ?? readAt;
    return build;
  };
};
