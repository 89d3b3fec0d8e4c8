import { describe, expect, it } from 'vitest';
import { InvalidConfig } from '#adapters/service/config.ts';
import { readCassandra, readFile, readLake, readTimeZone } from './settings.ts';

const CONTACTS = { CASSANDRA_CONTACTS: 'one:9042,two:9042' };

describe('the settings of analytics', () => {
  it('name the nodes of Cassandra, and take the rest from a single node without access control', () => {
    expect(readCassandra(CONTACTS)).toEqual({
      contacts: ['one:9042', 'two:9042'],
      dataCenter: 'datacenter1',
      keyspace: 'analytics',
      replication: 1,
      timeoutMs: 10_000,
      isEncrypted: false,
    });
  });

  it('can require TLS and credentials', () => {
    const given = { CASSANDRA_TLS: 'true', CASSANDRA_USERNAME: 'shop', CASSANDRA_PASSWORD: 'secret' };
    expect(readCassandra({ ...CONTACTS, ...given })).toMatchObject({
      isEncrypted: true,
      credentials: { username: 'shop', password: 'secret' },
    });
  });

  it.each([
    {},
    { ...CONTACTS, CASSANDRA_KEYSPACE: 'a; drop keyspace b' },
    { ...CONTACTS, CASSANDRA_DATA_CENTER: "'" },
    { ...CONTACTS, CASSANDRA_REPLICATION: '0' },
    { ...CONTACTS, CASSANDRA_USERNAME: 'without a password' },
  ])('refuse %j', (env) => {
    expect(() => readCassandra(env)).toThrow(InvalidConfig);
  });

  it('have a time zone that exists, and a file where nodes are not named', () => {
    expect(readTimeZone({})).toBe('Europe/Berlin');
    expect(() => readTimeZone({ ANALYTICS_TIME_ZONE: 'Mars/Olympus' })).toThrow(InvalidConfig);
    expect(readFile({ ANALYTICS_FILE: 'a/b' })).toBe('a/b');
    expect(() => readFile({})).toThrow(InvalidConfig);
  });
});

describe('the lake', () => {
  it('is in a folder or a bucket, or not there', () => {
    expect(readLake({})).toEqual({ everyMs: 300_000, folder: undefined, bucket: undefined });
    expect(readLake({ ANALYTICS_LAKE: '/lake', ANALYTICS_LAKE_MS: '5000' })).toMatchObject({
      everyMs: 5_000,
      folder: '/lake',
    });
    const keys = { ANALYTICS_S3_ACCESS_KEY: 'a', ANALYTICS_S3_SECRET_KEY: 'b' };
    expect(readLake({ ANALYTICS_S3_BUCKET: 'shop', ...keys }).bucket).toEqual({
      bucket: 'shop',
      prefix: 'lake/',
      region: 'us-east-1',
      endpoint: undefined,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      timeoutMs: 10_000,
    });
    expect(() => readLake({ ANALYTICS_S3_BUCKET: 'shop', ANALYTICS_S3_ACCESS_KEY: 'a' })).toThrow(
      InvalidConfig,
    );
    expect(() => readLake({ ANALYTICS_S3_PREFIX: '/lake' })).toThrow(InvalidConfig);
  });
});
