import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLogger } from '#adapters/observability/logger.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { adminClient, makeAdminClient, NoShop } from '../admin-client.ts';
import { openAdmin } from '../admin-server.ts';
import type { HttpServer } from '../server.ts';

const KEY = 'a key of operators';

describe('a tool that calls a running shop', () => {
  let server: HttpServer | undefined;
  let url: string;
  let folder: string;
  beforeAll(async () => {
    const forwarded: string[] = [];
    server = await openAdmin(
      {
        troubles: () => Promise.resolve([{ service: 'cart', dead: [], stuck: [] }]),
        redrive: (_, eventId) => Promise.resolve({ outcome: eventId === 'e-1' ? 'delivered' : 'unknown' }),
        hasten: () => Promise.resolve(2),
        metrics: () => Promise.resolve('up 1'),
        catalog: ({ method, path, type, body }) => {
          forwarded.push(`${method} ${path} ${type ?? ''} ${Buffer.from(body ?? []).toString()}`);
          return Promise.resolve(Response.json(forwarded, { status: 202 }));
        },
      },
      makeLogger({ service: 'admin', level: 'silent' }),
      { ADMIN_KEY: KEY },
    );
    url = `http://127.0.0.1:${server?.port ?? 0}`;
    folder = temporaryFolder();
  });
  afterAll(async () => {
    await server?.close();
  });

  const noted = (note: unknown): void => {
    writeFileSync(join(folder, 'admin.json'), typeof note === 'string' ? note : JSON.stringify(note));
  };

  it('finds the address in the data folder', async () => {
    noted({ url, key: KEY, pid: 1 });
    const ask = makeAdminClient(folder);
    expect(await ask('GET', '/troubles')).toEqual({ status: 200, body: [{ service: 'cart', dead: [], stuck: [] }] }); // prettier-ignore
    expect(await ask('GET', '/metrics')).toEqual({ status: 200, body: 'up 1' });
    expect(await ask('POST', '/redrive/cart/e-1')).toEqual({ status: 200, body: { outcome: 'delivered' } });
    expect(await ask('POST', '/redrive/cart/e-2')).toEqual({ status: 404, body: { outcome: 'unknown' } });
    expect(await ask('POST', '/hasten')).toEqual({ status: 200, body: { tasks: 2 } });
  });

  it('sends a file with its content type', async () => {
    const ask = adminClient(url, KEY, 'a test');
    const text = '{"name":"Kettle"}';
    const content = { type: 'application/x-ndjson', body: Buffer.from(text) };
    expect(await ask('PUT', '/api/v1/imports/x?y=z', content)).toEqual({
      status: 202,
      body: [`PUT /api/v1/imports/x?y=z ${content.type} ${text}`],
    });
    expect((await ask('POST', '/api/v1/products', content)).status).toBe(404);
  });

  it.each([['no JSON'], [{ url: 'nowhere', key: KEY }], [{ url: 'http://127.0.0.1:1' }]])(
    'reports that no shop runs if the note is invalid: %j',
    (note) => {
      noted(note);
      expect(() => makeAdminClient(folder)).toThrow(NoShop);
    },
  );

  it('reports that no shop runs without a note, or without a response', async () => {
    expect(() => makeAdminClient(join(folder, 'none'))).toThrow(NoShop);
    const away = `http://127.0.0.1:${await freePort()}`;
    await expect(adminClient(away, KEY, 'a test')('GET', '/troubles')).rejects.toThrow(NoShop);
  });

  it('reports that another shop responds if the key is wrong', async () => {
    await expect(adminClient(url, 'an old key', 'a test')('GET', '/troubles')).rejects.toThrow(NoShop);
  });
});
