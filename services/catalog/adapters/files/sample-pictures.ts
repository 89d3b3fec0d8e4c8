import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Returns the SVG of a picture by its file name; undefined if there is none. */
export type SamplePictures = (name: string) => Promise<string | undefined>;

/**
 * The pictures in a folder. Only listed names are read, so that a name from a request is never used as a path.
 * @param folder ends with a slash; read once, now
 */
export const samplePictures = (folder: URL): SamplePictures => {
  const names = new Set(readdirSync(folder));
  return async (name) =>
    names.has(name) ? readFile(new URL(encodeURIComponent(name), folder), 'utf8') : undefined;
};
