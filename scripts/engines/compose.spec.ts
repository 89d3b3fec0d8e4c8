import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCompose } from '../containers/compose-file.ts';
import { DEFAULT_SET, ENGINES } from './engines.ts';
import { SERVICES } from './postgres.ts';

const ROOT = new URL('../../', import.meta.url);
const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      profiles: z.array(z.string()).optional(),
      command: z.array(z.string()).default([]),
      ports: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
      volumes: z.array(z.string()).default([]),
      healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});
const { services: all, volumes } = Compose.parse(readCompose());
/** The rest is the shop itself: scripts/containers/compose.spec.ts. */
const services = Object.fromEntries(
  Object.entries(all).filter(([, { profiles = [] }]) => !profiles.includes('all')),
);

describe('compose.yaml', () => {
  it('starts the engines of `npm run engines`', () => {
    expect(Object.keys(services)).toEqual(ENGINES.map(({ name }) => name));
  });

  it('starts the others only if they are named, as `npm run engines` does', () => {
    const byItself = Object.entries(services).filter(([, { profiles }]) => profiles === undefined);
    expect(byItself.map(([name]) => name)).toEqual(DEFAULT_SET.map(({ name }) => name));
  });

  it.each(ENGINES)(
    'gives $name the same port on the loopback address, set by the same variable',
    ({ name, port }) => {
      const published = `127.0.0.1:\${${name.toUpperCase()}_PORT:-${port}}:`;
      expect(services[name]?.ports).toEqual([expect.stringContaining(published)]);
    },
  );

  it.each(Object.entries(services))(
    'pins a version of %s, keeps its data in a volume, and sees whether it is ready',
    (name, service) => {
      expect(service.image).toMatch(/:v?\d+[.\d]*$/);
      expect(name in volumes && service.volumes[0]?.startsWith(`${name}:/`)).toBe(true);
      expect(service.healthcheck).toBeDefined();
    },
  );

  it('creates a database for each service', () => {
    expect(services['postgres']?.environment['SHOP_SERVICES']).toBe(SERVICES.join(' '));
  });

  /** OpenSearch's security would need certificates; the image of Cassandra has a default password, or none. */
  const OPEN = ['opensearch', 'cassandra'];

  it.each(Object.entries(services).filter(([name]) => !OPEN.includes(name)))(
    'requires the password from the environment at %s, and has no default',
    (_, { environment }) => {
      const values = Object.values(environment).map(String);
      expect(values.some((value) => value.includes('${SHOP_PASSWORD:?'))).toBe(true);
      expect(values.filter((value) => /SHOP_PASSWORD:?[-+]/.test(value))).toEqual([]);
    },
  );

  it('refuses access without it, even where an engine would allow it by default', () => {
    const { postgres, redis, kafka, mongo } = services;
    expect(postgres?.environment['POSTGRES_INITDB_ARGS']).toContain('--auth-host=scram-sha-256');
    expect(redis?.command.join(' ')).toContain('requirepass "$$SHOP_PASSWORD"');
    expect(kafka?.environment['KAFKA_LISTENER_SECURITY_PROTOCOL_MAP']).toContain('HOST:SASL_PLAINTEXT');
    expect(kafka?.environment['KAFKA_LISTENERS']).toContain('PLAINTEXT://localhost:');
    expect(mongo?.environment).toMatchObject({ MONGO_INITDB_ROOT_USERNAME: 'shop' });
  });

  it('mounts only files that exist', () => {
    const files = Object.values(services).flatMap((service) =>
      service.volumes
        .filter((volume) => volume.startsWith('./'))
        .map((volume) => volume.split(':', 1).join()),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(new URL(file, ROOT)))).toEqual([]);
  });
});
