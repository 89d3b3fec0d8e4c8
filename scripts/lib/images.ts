/** What runs in an environment: `helm/environments/images/<environment>.yaml`, the values by which Helm finds the images. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const HELM = new URL('../../helm/', import.meta.url);

export const ENVIRONMENTS = ['staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

const Values = z.strictObject({
  global: z.strictObject({
    version: z.string(),
    images: z.strictObject({ digests: z.record(z.string(), Digest) }),
  }),
});

/** What runs in an environment. */
export interface Running {
  /** The commit that it was built from. */
  readonly version: string;
  /** Digest of the image, by service. */
  readonly digests: Readonly<Record<string, string>>;
}

const fileOf = (environment: Environment): URL => new URL(`environments/images/${environment}.yaml`, HELM);

/** Throws if the file is not such values. */
export const readRunning = (text: string): Running => {
  const { version, images } = Values.parse(parse(text)).global;
  return { version, ...images };
};

export const running = (environment: Environment): Running =>
  readRunning(readFileSync(fileOf(environment), 'utf8'));

export const valuesOf = ({ version, digests }: Running): string =>
  `# What runs here; written by the pipeline.\n${stringify({ global: { version, images: { digests } } })}`;

export const setRunning = (environment: Environment, now: Running): void =>
  writeFileSync(fileOf(environment), valuesOf(now));

const Metadata = z.record(z.string(), z.unknown());
const Built = z.object({ 'containerimage.digest': Digest, 'image.name': z.string() });

/**
 * The digests of images that `docker buildx bake --metadata-file` has pushed.
 * @param services that must be among them
 * @throws if one is missing
 */
export const digestsIn = (metadata: string, services: readonly string[]): Running['digests'] => {
  const built = Object.values(Metadata.parse(JSON.parse(metadata)))
    .map((target) => Built.safeParse(target))
    .flatMap(({ data }) => (data ? [data] : []));
  return Object.fromEntries(
    services.map((service) => {
      const image = built.find((one) => one['image.name'].split(':')[0]?.endsWith(`/${service}`));
      if (!image) throw new Error(`${service} has no image`);
      return [service, image['containerimage.digest']];
    }),
  );
};

const Environments = z.object({ global: z.object({ images: z.object({ registry: z.string() }) }) });

/** Where the images of an environment are, without the name of the service. */
export const registryOf = (environment: Environment): string =>
  Environments.parse(parse(readFileSync(new URL(`environments/${environment}.yaml`, HELM), 'utf8'))).global
    .images.registry;

/** The images by their digests, as `docker pull` takes them. */
export const imagesOf = (environment: Environment, { digests }: Running): readonly string[] =>
  Object.entries(digests).map(([service, digest]) => `${registryOf(environment)}/${service}@${digest}`);
