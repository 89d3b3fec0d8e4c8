import { rename, rm, writeFile } from 'node:fs/promises';
import type { Target } from './plan.ts';

/** Tells Prometheus what to scrape, if there is one; resolves to a function that takes it back. */
export const listTargets = async (
  file: string | undefined,
  targets: readonly Target[],
): Promise<() => Promise<void>> => {
  if (file === undefined) return () => Promise.resolve();
  await writeFile(`${file}.new`, JSON.stringify(targets));
  await rename(`${file}.new`, file); // Prometheus never finds half of it
  return () => rm(file, { force: true });
};
