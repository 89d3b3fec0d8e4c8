import { describe, expect, it } from 'vitest';
import { InvalidConfig } from '#adapters/service/config.ts';
import { readCassandra, readFile, readTimeZone } from './settings.ts';

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
