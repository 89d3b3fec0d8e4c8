import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, TestRunner } from 'vitest';

type Work = () => unknown;

const waiting: Work[] = [];

/** Runs `work` at the end of the current spec file, in reverse order. */
export const atFileEnd = (work: Work): void => {
  waiting.push(work);
};

/** Runs `work` at the end of the current test, or outside a test (as in `beforeAll`) at the end of the file. */
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
