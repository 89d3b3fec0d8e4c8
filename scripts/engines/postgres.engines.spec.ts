import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openPg } from '#adapters/postgres/pg-database.ts';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import { postgres, SERVICES } from './postgres.ts';

const Addresses = z.object({ services: z.record(z.string(), z.string()) });

describe('PostgreSQL', () => {
  let server: PrivateEngine;
  let urls: Readonly<Record<string, string>>;
  const inDatabase = async (url: string, text: string): Promise<readonly unknown[]> => {
    const options = { poolSize: 1, statementTimeoutMs: 10_000, onError: () => undefined };
    const database = openPg({ url, ...options });
    try {
      return await database.query(text);
    } finally {
      await database.close();
    }
  };

  beforeAll(async () => {
    server = await startPrivateEngine(postgres);
    ({ services: urls } = Addresses.parse(server.addresses));
  });

  it.each(SERVICES)('lets %s create its schema in a database of its own', async (service) => {
    const url = urls[service] ?? '';
    await inDatabase(url, 'create schema s');
    expect(await inDatabase(url, 'select current_database() as name')).toEqual([{ name: service }]);
  });

  it('refuses every service the databases of other services and of the administrator', async () => {
    for (const name of ['order', 'postgres', 'template1']) {
      const url = new URL(urls['cart'] ?? '');
      url.pathname = name;
      await expect(inDatabase(url.href, 'select 1')).rejects.toThrow('permission denied for database');
    }
  });

  it('requires the password', async () => {
    const url = new URL(urls['cart'] ?? '');
    url.password = 'guessed';
    await expect(inDatabase(url.href, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('keeps what was committed when it is killed', async () => {
    const url = urls['cart'] ?? '';
    await inDatabase(url, 'create table kept as select 7 as number');
    await server.kill();
    await server.revive();
    expect(await inDatabase(url, 'select number from kept')).toEqual([{ number: 7 }]);
  });
});
