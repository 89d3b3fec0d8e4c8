/**
 * `npm run test:cluster [-- PART…]`: what needs containers, or servers that take long to build. It installs what is missing, needs root, and
 * takes long the first time. Parts, all of them when none is named: `containers` runs the image of each service; `compose` starts the shop
 * of compose.yaml, where the demo then buys; `watched` looks at a distributed shop through what watches it, and makes alerts fire.
 */
import { buildImage, IMAGES } from './containers/images.ts';
import { openPodman } from './containers/podman.ts';
import { close, runVitest, type Tally } from './lib/steps.ts';

/** Runs `work` and reports it. */
const step = async (name: string, work: () => Promise<unknown>): Promise<Tally> => {
  const started = performance.now();
  const error = await work().then(
    () => undefined,
    (reason: unknown) => String(reason),
  );
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${error === undefined ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (error !== undefined) console.log(error);
  return error === undefined ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

const buildImages = async (): Promise<readonly Tally[]> => {
  const podman = await openPodman();
  const tallies: Tally[] = [];
  for (const image of IMAGES)
    tallies.push(await step(`image ${image.service}`, () => buildImage(podman, image)));
  return tallies;
};

const specs = (name: string, ...files: readonly string[]): Promise<Tally> =>
  runVitest(
    files.map((file) => `test/${file}.cluster.spec.ts`),
    { name, env: { SHOP_TEST: 'cluster' } },
  );

const PARTS = {
  containers: () => specs('containers', 'containers/dockerfiles', 'containers/images'),
  compose: () => specs('compose', 'containers/compose-file', 'containers/shop'),
  watched: () => specs('watched', 'gameday/watched'),
};
type Part = keyof typeof PARTS;

const NEED_IMAGES: readonly Part[] = ['containers', 'compose'];

const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);

const named = process.argv.slice(2);
const unknown = named.filter((name) => !isPart(name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; parts are ${Object.keys(PARTS).join(', ')}`);
  process.exit(1);
}
try {
  const parts = Object.keys(PARTS)
    .filter(isPart)
    .filter((part) => named.length === 0 || named.includes(part));
  const tallies: Tally[] = [];
  if (parts.some((part) => NEED_IMAGES.includes(part))) tallies.push(...(await buildImages()));
  for (const part of parts) tallies.push(await PARTS[part]());
  close(tallies);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
