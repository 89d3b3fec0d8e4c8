/** What ECR's scan found in images. It scans each push by itself. */
import { z } from 'zod';

/** Runs the AWS CLI and resolves to what it wrote. */
export type Aws = (...args: readonly string[]) => Promise<string>;

const Manifest = z.object({
  manifests: z
    .array(z.object({ digest: z.string(), platform: z.object({ os: z.string() }).optional() }))
    .optional(),
});

const Findings = z.array(z.object({ name: z.string(), severity: z.string() })).nullable();

const INDEX = 'application/vnd.oci.image.index.v1+json';
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';

/** Findings of this severity stop a delivery. */
const STOPS = 'CRITICAL';

/** Digests of what a digest stands for: an index holds the image of each platform, and attestations, which are not scanned. */
const platformsOf = async (aws: Aws, repository: string, digest: string): Promise<readonly string[]> => {
  const text = await aws(
    'ecr',
    'batch-get-image',
    ...['--repository-name', repository, '--image-ids', `imageDigest=${digest}`],
    ...['--accepted-media-types', INDEX, IMAGE, '--query', 'images[0].imageManifest', '--output', 'text'],
  );
  const { manifests } = Manifest.parse(JSON.parse(text));
  return manifests?.filter(({ platform }) => platform?.os !== 'unknown').map((one) => one.digest) ?? [digest];
};

/**
 * Waits for the scans of images, and says what must not be delivered.
 * @param images each as `registry/repository@digest`
 * @param accepted findings that stop nothing
 */
export const scanTroubles = async (
  images: readonly string[],
  accepted: ReadonlySet<string>,
  aws: Aws,
): Promise<readonly string[]> => {
  const troubles: string[] = [];
  for (const image of images) {
    const [, repository = '', digest = ''] = /^[^/]+\/(.+)@(.+)$/.exec(image) ?? [];
    for (const platform of await platformsOf(aws, repository, digest)) {
      const which = ['--repository-name', repository, '--image-id', `imageDigest=${platform}`];
      await aws('ecr', 'wait', 'image-scan-complete', ...which);
      const query = ['--query', 'imageScanFindings.findings', '--output', 'json'];
      const findings = Findings.parse(
        JSON.parse(await aws('ecr', 'describe-image-scan-findings', ...which, ...query)),
      );
      for (const { name, severity } of findings ?? [])
        if (severity === STOPS && !accepted.has(name)) troubles.push(`${repository}: ${name} is ${severity}`);
    }
  }
  return troubles;
};
