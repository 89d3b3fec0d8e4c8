/**
 * `npm run images -- COMMAND`: what runs in staging and production, by the digests of its images.
 *
 * - `set ENVIRONMENT COMMIT FILE` what `docker buildx bake --metadata-file FILE` has pushed will run
 * - `version ENVIRONMENT` the commit that runs
 * - `registry ENVIRONMENT` where its images are; `list ENVIRONMENT` all of them
 * - `scan ENVIRONMENT` waits until ECR has scanned them; fails if it found something critical that `deploy/accepted-findings.yaml` does not have
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { run } from './engines/install/run.ts';
import { digestsIn, ENVIRONMENTS, imagesOf, registryOf, running, setRunning } from './lib/images.ts';
import { scanTroubles } from './lib/image-scan.ts';

const HELM = new URL('../helm/', import.meta.url);
const ACCEPTED = new URL('../deploy/accepted-findings.yaml', import.meta.url);

const Environment = z.enum(ENVIRONMENTS);
const Accepted = z.record(z.string().regex(/^CVE-/), z.string().min(1));

const services = (): readonly string[] =>
  globSync('services/*/Chart.yaml', { cwd: HELM })
    .map((chart) => basename(dirname(chart)))
    .toSorted();

const usage = (): void => {
  console.error('usage: npm run images -- set|version|registry|list|scan staging|production');
  process.exitCode = 1;
};

const [command = '', environment, commit = '', file = ''] = process.argv.slice(2);
const which = Environment.safeParse(environment).data;
if (which === undefined) usage();
else if (command === 'set')
  setRunning(which, {
    version: commit,
    digests: digestsIn(readFileSync(file, 'utf8'), services()),
  });
else if (command === 'version') console.log(running(which).version);
else if (command === 'registry') console.log(registryOf(which));
else if (command === 'list') for (const image of imagesOf(which, running(which))) console.log(image);
else if (command === 'scan') {
  const accepted = Accepted.parse(parse(readFileSync(ACCEPTED, 'utf8')));
  const images = imagesOf(which, running(which));
  const troubles = await scanTroubles(images, new Set(Object.keys(accepted)), (...args) => run('aws', args));
  for (const trouble of troubles) console.log(trouble);
  console.log(`${images.length} images scanned, ${troubles.length} critical findings`);
  process.exitCode = troubles.length === 0 ? 0 : 1;
} else usage();
