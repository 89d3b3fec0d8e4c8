/**
 * `npm run images -- COMMAND`: what runs in staging and production, by the digests of its images.
 *
 * - `set ENVIRONMENT COMMIT FILE` what `docker buildx bake --metadata-file FILE` has pushed will run
 * - `version ENVIRONMENT` the commit that runs
 * - `registry ENVIRONMENT` where its images are; `list ENVIRONMENT` all of them
 * - `scan ENVIRONMENT` waits until ECR has scanned them; fails if it found something critical that is not in `deploy/accepted-findings.yaml`
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { CHARTS } from './charts/values.ts';
import { run } from './engines/install/run.ts';
import {
  digestsIn,
  ENVIRONMENTS,
  imagesOf,
  registryOf,
  running,
  setRunning,
  type Environment,
} from './lib/images.ts';
import { scanTroubles } from './lib/image-scan.ts';

const ACCEPTED = new URL('../deploy/accepted-findings.yaml', import.meta.url);

/** Findings that stop nothing, each with the reason. */
const Accepted = z.record(z.string().regex(/^CVE-/), z.string().min(20));

const imagesIn = (environment: Environment): readonly string[] => imagesOf(environment, running(environment));

const scan = async (environment: Environment): Promise<void> => {
  const accepted = Accepted.parse(parse(readFileSync(ACCEPTED, 'utf8')));
  const images = imagesIn(environment);
  const troubles = await scanTroubles(images, new Set(Object.keys(accepted)), (...args) => run('aws', args));
  for (const trouble of troubles) console.log(trouble);
  console.log(`${images.length} images scanned, ${troubles.length} critical findings`);
  process.exitCode = troubles.length === 0 ? 0 : 1;
};

const COMMANDS: Readonly<
  Record<string, (environment: Environment, commit: string, file: string) => void | Promise<void>>
> = {
  set: (environment, commit, file) =>
    setRunning(environment, {
      version: commit,
      digests: digestsIn(readFileSync(file, 'utf8'), CHARTS),
    }),
  version: (environment) => console.log(running(environment).version),
  registry: (environment) => console.log(registryOf(environment)),
  list: (environment) => {
    for (const image of imagesIn(environment)) console.log(image);
  },
  scan,
};

const [name = '', environment, commit = '', file = ''] = process.argv.slice(2);
const command = COMMANDS[name];
const { data } = z.enum(ENVIRONMENTS).safeParse(environment);
if (command && data) await command(data, commit, file);
else {
  console.error(`usage: npm run images -- ${Object.keys(COMMANDS).join('|')} ${ENVIRONMENTS.join('|')}`);
  process.exitCode = 1;
}
