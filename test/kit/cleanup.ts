import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, TestRunner } from 'vitest';

type Work = () => unknown;

const waiting: Work[] = [];

/** Does `work` when the current spec file has run; the last one first. */
export const atFileEnd = (work: Work): void => {
  waiting.push(work);
};

/** Does `work` when the current test ends; outside a test, such as in `beforeAll`, when its file has run. */
export const atEnd = (work: Work): void => {
  if (TestRunner.getCurrentTest())
    onTestFinished(async () => {
      await work();
    });
  else atFileEnd(work);
};

/** Called by `setup.ts`. */
export const endFile = async (): Promise<void> => {
  for (let work = waiting.pop(); work; work = waiting.pop()) await work();
};

/** Path of an empty folder, deleted at the end of the test or file. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-test-'));
  atEnd(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};

/** Path of a file with this text, which only its owner can read; deleted at the end of the test or file. */
export const temporaryFile = (text: string): string => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};
