import { describe, expect, it } from 'vitest';
import { makeLogger } from '../observability/logger.ts';
import { Metrics } from '../observability/metrics.ts';
import type { SqlDatabase } from '../postgres/sql.ts';
import { openReplica, type OpenedReplica } from './replica.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('nobody is asked here'));
const PRIMARY: SqlDatabase = {
  query: refuse,
  run: refuse,
  begin: refuse,
  script: refuse,
  tryLock: refuse,
  close: refuse,
};

const open = (env: Readonly<Record<string, string>>): OpenedReplica | undefined =>
  openReplica(
    { env, logger: makeLogger({ service: 'test', level: 'silent' }), metrics: new Metrics('test') },
    PRIMARY,
  );

describe('the replica of READ_URL', () => {
  it('does not exist without the setting', () => {
    expect(open({})).toBeUndefined();
  });

  it.each([
    ['READ_URL', { READ_URL: 'http://replica' }],
    ['READ_URL', { READ_URL: '' }],
    ['READ_LAG_MS', { READ_URL: 'postgres://replica/shop', READ_LAG_MS: '5' }],
    ['DATABASE_POOL', { READ_URL: 'postgres://replica/shop', DATABASE_POOL: 'many' }],
  ])('reports %s if it is invalid', (name, env) => {
    expect(() => open(env)).toThrow(name);
  });
});
