import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Podman } from '#scripts/containers/podman.ts';
import { lookUntil } from '../kit/conditions.ts';
import type { Surroundings } from './surroundings.ts';

const MB = 1_000_000;
/** What an image may add to its base. */
export const MOST_MB = 120;
const MEMORY = '256m';
const LABELS = ['title', 'description', 'version', 'revision', 'licenses'];
/** As Kubernetes waits before it kills. */
const STOP_S = 30;
const START_MS = 120_000;

const Images = z.tuple([
  z.object({
    Size: z.number(),
    Config: z.object({
      User: z.string().default(''),
      StopSignal: z.string().default(''),
      Labels: z.record(z.string(), z.string()).nullish(),
    }),
    /** Begins with NONE if there is none. */
    Healthcheck: z.object({ Test: z.array(z.string()) }).optional(),
  }),
]);

const inspect = async (podman: Podman, image: string) =>
  Images.parse(JSON.parse(await podman('image', 'inspect', image)))[0];

/** How much an image adds to its base, in MB. */
export const addedMb = async (podman: Podman, image: string, base: string): Promise<number> =>
  ((await inspect(podman, image)).Size - (await inspect(podman, base)).Size) / MB;

/** What is wrong with an image by what it says of itself. */
export const describedWrongly = async (podman: Podman, image: string): Promise<readonly string[]> => {
  const { Config, Healthcheck } = await inspect(podman, image);
  const { User, StopSignal, Labels } = Config;
  const missing = LABELS.filter((label) => {
    const value = Labels?.[`org.opencontainers.image.${label}`] ?? '';
    return value === '' || value === 'unknown';
  });
  return [
    ...(/^[1-9]\d*(:[1-9]\d*)?$/.test(User) ? [] : [`the user is "${User}", not a number above 0`]),
    ...(Healthcheck?.Test[0] === 'CMD' ? [] : ['there is no HEALTHCHECK']),
    ...(StopSignal === 'SIGTERM' ? [] : ['there is no STOPSIGNAL SIGTERM']),
    ...missing.map((label) => `the label ${label} is missing`),
  ];
};

const Containers = z.tuple([
  z.object({ State: z.object({ Pid: z.int(), Running: z.boolean(), ExitCode: z.int() }) }),
]);

const stateOf = async (podman: Podman, container: string) =>
  Containers.parse(JSON.parse(await podman('container', 'inspect', container)))[0].State;

const isOk = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/** Of the kernel: `Uid: 1000 …`. */
const statusOf = (pid: number, field: string): string =>
  new RegExp(`^${field}:\\s+(\\w+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';

/** What a container may do: as little as we can give it. */
const RESTRICTED = [
  '--network=host', // where the engines are
  '--read-only',
  '--read-only-tmpfs=false',
  '--cap-drop=all',
  '--security-opt=no-new-privileges',
  `--memory=${MEMORY}`,
  `--memory-swap=${MEMORY}`,
];

const optionsFor = (service: string, { envOf, folder, writable }: Surroundings): readonly string[] => [
  ...RESTRICTED,
  ...Object.entries(envOf(service)).flatMap(([name, value]) =>
    value === undefined ? [] : [`--env=${name}=${value}`],
  ),
  `--volume=${folder}:${folder}:ro`,
  `--volume=${writable}:${writable}`,
];

/** Brings the service's database to the newest schema, as a container. */
export const migrateIn = (
  podman: Podman,
  image: string,
  service: string,
  surroundings: Surroundings,
): Promise<string> => podman('run', '--rm', ...optionsFor(service, surroundings), image, 'migrate');

/** Runs an image as a service until it is ready, and stops it as a deployment would; returns what it does wrong. */
export const behavesWrongly = async (
  podman: Podman,
  image: string,
  service: string,
  surroundings: Surroundings,
): Promise<readonly string[]> => {
  const container = (await podman('create', ...optionsFor(service, surroundings), image)).trim();
  const wrong: string[] = [];
  try {
    await podman.start(container);
    const isHealthy = await lookUntil(
      async () =>
        (await isOk(podman('healthcheck', 'run', container))) ||
        ((await stateOf(podman, container)).Running ? undefined : false),
      (seen) => seen !== undefined,
      { everyMs: 200, patienceMs: START_MS },
    );
    if (isHealthy !== true) return [`it does not get healthy: ${await podman.logs(container)}`];

    const { Pid } = await stateOf(podman, container);
    if (statusOf(Pid, 'Uid') === '0') wrong.push('it runs as root');
    if (!/^0+$/.test(statusOf(Pid, 'CapEff'))) wrong.push('it has capabilities');
    process.kill(Pid, 'SIGTERM');
    const url = `http://127.0.0.1:${surroundings.envOf(service)['PORT']}/health/live`;
    if (!(await isOk(fetch(url)))) wrong.push('it does not answer while it drains');
    const end = await lookUntil(
      () => stateOf(podman, container),
      ({ Running }) => !Running,
      { everyMs: 200, patienceMs: STOP_S * 1_000 },
    );
    if (end.Running) wrong.push('SIGTERM does not end it');
    else if (end.ExitCode !== 0) wrong.push(`it ends with ${end.ExitCode}: ${await podman.logs(container)}`);
    return wrong;
  } finally {
    await podman('rm', '--force', '--time=0', container);
  }
};
