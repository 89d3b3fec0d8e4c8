import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { fileOf, hashOf, nameOf, type Pair } from './files.ts';

const ROOT = new URL('../../../', import.meta.url);
const RECORDS = new URL('.cache/pacts/', ROOT);

/** The consumer makes this contract; the provider keeps it. */
export type Side = 'consumer' | 'provider';

const schema = z.object({ contract: z.string(), sources: z.string() });

/** What was tested: this contract, by these sources. */
export type Verified = z.infer<typeof schema>;

const recordOf = (side: Side, pair: Pair, folder: URL): URL =>
  new URL(`${nameOf(pair)}.${side}.json`, folder);

/** All that a service is made of. */
const sourcesOf = (service: string): string => {
  const patterns = [
    `services/${service}/**/*.*`,
    '{adapters,shared-kernel,openapi,contracts/events,contracts/grpc,contracts/generated,test/kit}/**/*.*',
    'package-lock.json',
  ];
  const files = globSync(patterns, { cwd: ROOT }).sort();
  return hashOf(...files.flatMap((file) => [file, readFileSync(new URL(file, ROOT), 'utf8')]));
};

/** What would have to be verified now. */
export const present = (side: Side, pair: Pair): Verified => ({
  contract: hashOf(readFileSync(fileOf(pair), 'utf8')),
  sources: sourcesOf(pair[side]),
});

/** Remembers that this side's tests have passed. */
export const record = (side: Side, pair: Pair, folder = RECORDS): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(recordOf(side, pair, folder), JSON.stringify(present(side, pair)));
};

/** Before a run: what fails is not verified, whatever it was. */
export const forget = (side: Side, pair: Pair, folder = RECORDS): void => {
  rmSync(recordOf(side, pair, folder), { force: true });
};

export type Standing = 'verified' | 'never verified' | 'contract has changed' | 'sources have changed';

/** What the last run says about the files as they are now. */
export const standingOf = (side: Side, pair: Pair, folder = RECORDS): Standing => {
  const file = recordOf(side, pair, folder);
  if (!existsSync(file)) return 'never verified';
  const then = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const now = present(side, pair);
  if (then.contract !== now.contract) return 'contract has changed';
  return then.sources === now.sources ? 'verified' : 'sources have changed';
};
