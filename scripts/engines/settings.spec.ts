import { describe, expect, it } from 'vitest';
import { ALL } from './engines.ts';
import { kafka } from './kafka.ts';
import { redis } from './redis.ts';
import { readSettings, siteOf, type Env } from './settings.ts';

const settings = (env: Env) => readSettings(ALL, env);

describe('the settings of the engines', () => {
  it('keep data and software apart, inside the project', () => {
    const { home, software } = settings({});
    expect([home, software]).toEqual([
      expect.stringMatching(/\/[.]data\/engines$/),
      expect.stringMatching(/\/[.]cache\/engines$/),
    ]);
  });

  it('give each engine a folder and a port, which can be set', () => {
    const chosen = settings({ ENGINES_HOME: '/srv/e', ENGINES_SOFTWARE: '/opt/e', REDIS_PORT: '7000' });
    expect(siteOf(chosen, redis)).toEqual({ folder: '/srv/e/redis', software: '/opt/e', port: 7000 });
    expect(siteOf(chosen, kafka)).toMatchObject({ port: kafka.port });
  });

  it('refuse an invalid port, and name it', () => {
    expect(() => settings({ KAFKA_PORT: 'many' })).toThrow('KAFKA_PORT');
  });

  it('give each engine ports of its own, two where it needs two', () => {
    const taken = ALL.flatMap(({ port, ports }) => Array.from({ length: ports }, (_, index) => port + index));
    expect(new Set(taken).size).toBe(taken.length);
  });
});
