import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';

/** Makes `folder` once: `fill` works aside, so that a folder that is there is whole. */
export const ensureFolder = async (folder: string, fill: (aside: string) => Promise<void>): Promise<void> => {
  if (existsSync(folder)) return;
  const aside = `${folder}.partial`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await fill(aside);
  await rename(aside, folder);
};
