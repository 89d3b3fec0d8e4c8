import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { MODULES } from '#all-in-one/main/modules.ts';
import { IMAGES, type Image } from '#scripts/containers/images.ts';
import { openPodman, type Podman } from '#scripts/containers/podman.ts';
import { atFileEnd } from '../kit/cleanup.ts';
import { addedMb, behavesWrongly, describedWrongly, migrateIn, MOST_MB } from './image-check.ts';
import { openSurroundings, type Surroundings } from './surroundings.ts';

let podman: Podman;
let surroundings: Surroundings;
beforeAll(async () => {
  podman = await openPodman();
  surroundings = await openSurroundings();
  atFileEnd(() => surroundings.stop());
});

const isModule = ({ service }: Image): boolean => MODULES.some(({ name }) => name === service);

describe.each(IMAGES)('the image of $service', (image) => {
  const { service, name, base } = image;

  it(`adds at most ${MOST_MB} MB to its base`, async () => {
    const added = await addedMb(podman, name, base);
    process.stdout.write(`figure: ${service} adds ${added.toFixed(0)} MB\n`);
    expect(added).toBeLessThanOrEqual(MOST_MB);
  });

  it('says who runs it, what it is, how to stop it, and how to see whether it is ready', async () => {
    expect(await describedWrongly(podman, name)).toEqual([]);
  });

  it.runIf(isModule(image))('brings the database of its service to the newest schema', async () => {
    expect(await migrateIn(podman, name, service, surroundings)).toMatch(new RegExp(`^${service}`));
  });

  it('gets ready read-only, without capabilities, in 256 MiB, and finishes its work on SIGTERM', async () => {
    expect(await behavesWrongly(podman, name, service, surroundings)).toEqual([]);
  });
});

describe('an image is refused', () => {
  const SERVICE = 'admin-portal';
  const canary = async (name: string): Promise<string> => {
    const tag = `localhost/shop/canary-${name}`;
    const folder = join(import.meta.dirname, 'canaries');
    await podman('build', '--format=docker', '--pull-never', '--file', `${folder}/${name}.Dockerfile`, '--tag', tag, folder); // prettier-ignore
    return tag;
  };

  it('whose user is root', async () => {
    const image = await canary('root');
    expect(await describedWrongly(podman, image)).toEqual(['the user is "root", not a number above 0']);
    expect(await behavesWrongly(podman, image, SERVICE, surroundings)).toEqual(['it runs as root']);
  });

  it('that nobody can ask whether it is ready', async () => {
    expect(await describedWrongly(podman, await canary('mute'))).toEqual(['there is no HEALTHCHECK']);
  });

  it('that does not hear SIGTERM', async () => {
    const image = await canary('deaf');
    expect(await behavesWrongly(podman, image, SERVICE, surroundings)).toEqual(['SIGTERM does not end it']);
  });

  it('that writes beside its data', async () => {
    const image = await canary('writer');
    const [finding] = await behavesWrongly(podman, image, SERVICE, surroundings);
    expect(finding).toMatch(/it does not get healthy: .*Read-only file system/s);
  });

  it('that is too large', async () => {
    const added = await addedMb(podman, await canary('large'), `localhost/shop/${SERVICE}`);
    expect(added).toBeGreaterThan(MOST_MB);
  });
});
