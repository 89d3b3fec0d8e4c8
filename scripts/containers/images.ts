import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../package/repository.ts';
import { ensureBaseImage, NODE, PYTHON } from './base-images.ts';
import type { Podman } from './podman.ts';

const { root, commit, version } = repository();

export interface Image {
  /** The folder of the service. */
  readonly service: string;
  readonly name: string;
  readonly dockerfile: string;
  /** The image that it is built on. */
  readonly base: string;
}

/** What starts by itself: the services, the gateway and the portals. */
export const SERVICES = globSync('services/*/main/server.ts', { cwd: root })
  .map((file) => file.split(/[/\\]/)[1] ?? '')
  .sort();

/** Services that are not written in TypeScript have a Dockerfile of their own. */
const imageOf = (service: string): Image => {
  const own = `services/${service}/Dockerfile`;
  return {
    service,
    name: `localhost/shop/${service}`,
    ...(existsSync(join(root, own))
      ? { dockerfile: own, base: PYTHON.name }
      : { dockerfile: 'Dockerfile', base: NODE.name }),
  };
};

export const IMAGES: readonly Image[] = SERVICES.map(imageOf);

/** Builds an image as `docker build` would, on stand-ins for its base image if that is not there. */
export const buildImage = async (podman: Podman, { service, name, dockerfile }: Image): Promise<void> => {
  for (const base of [NODE, PYTHON]) await ensureBaseImage(podman, base);
  const args = { SERVICE: service, SHOP_COMMIT: commit, SHOP_VERSION: version };
  await podman(
    'build',
    '--format=docker', // the other format has no HEALTHCHECK
    '--layers',
    '--pull-never',
    ...Object.entries(args).flatMap(([arg, value]) => ['--build-arg', `${arg}=${value}`]),
    '--file',
    join(root, dockerfile),
    '--tag',
    name,
    root,
  );
};
