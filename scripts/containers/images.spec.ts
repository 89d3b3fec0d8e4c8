import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { IMAGES, SERVICES } from './images.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** Of one Dockerfile, what every image has to say. */
const instructionsOf = (dockerfile: string): readonly string[] =>
  read(dockerfile).match(/^(EXPOSE|USER|STOPSIGNAL|HEALTHCHECK|RUN install) .*/gm) ?? [];

describe('the images', () => {
  it('are built by docker-bake.hcl, for every service', () => {
    const bake = read('docker-bake.hcl');
    const [, matrix = ''] = /service = \[([^\]]*)\]/.exec(bake) ?? [];
    const built = [...matrix.matchAll(/"([\w-]+)"/g)].map(([, name]) => name);
    const own = IMAGES.filter(({ dockerfile }) => dockerfile !== 'Dockerfile');
    expect([...built, ...own.map(({ service }) => service)].sort()).toEqual(SERVICES);
    for (const { service, dockerfile } of own) {
      expect(bake).toContain(`target "${service}"`);
      expect(bake).toContain(`"${dockerfile}"`);
    }
  });

  it('have the same shape, in whatever language', () => {
    const [first, ...others] = new Set(IMAGES.map(({ dockerfile }) => dockerfile));
    const shape = instructionsOf(first ?? '');
    expect(shape).toHaveLength(5);
    for (const other of others) expect(instructionsOf(other)).toEqual(shape);
  });
});
