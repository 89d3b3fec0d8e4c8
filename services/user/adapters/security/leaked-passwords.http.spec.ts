import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logger } from '#test/kit/log.ts';
import { leakedPasswordsService } from './leaked-passwords.http.ts';

const LEAKED = 'correct horse battery';

describe('a service that knows leaked passwords', () => {
  let server: Server;
  let url: string;
  let asked: { url: string | undefined; padding: unknown }[];
  let respond: (range: string) => { status?: number; body: string };

  beforeEach(async () => {
    asked = [];
    respond = (range) => {
      const digest = createHash('sha1').update(LEAKED).digest('hex').toUpperCase();
      const rest = digest.startsWith(range) ? `${digest.slice(5)}:42\r\n` : '';
      const padding = createHash('sha1').update('only padding').digest('hex').toUpperCase().slice(5);
      return { body: `${rest}0123456789ABCDEF0123456789ABCDEF012:3\r\n${padding}:0` };
    };
    server = createServer((request, response) => {
      asked.push({ url: request.url, padding: request.headers['add-padding'] });
      const { status = 200, body } = respond(request.url?.slice('/api/range/'.length) ?? '');
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('recognises one by its digest, of which it gets five digits', async () => {
    const leaked = leakedPasswordsService(url, logger);
    expect([await leaked.has(LEAKED), await leaked.has('another one')]).toEqual([true, false]);
    expect(asked).toEqual([
      { url: expect.stringMatching(/^\/api\/range\/[0-9A-F]{5}$/), padding: 'true' },
      { url: expect.stringMatching(/^\/api\/range\/[0-9A-F]{5}$/), padding: 'true' },
    ]);
  });

  it('does not mean the lines that hide the length of its response', async () => {
    expect(await leakedPasswordsService(url, logger).has('only padding')).toBe(false);
  });

  it('stops no registration when it fails or is away', async () => {
    respond = () => ({ status: 503, body: '' });
    expect(await leakedPasswordsService(url, logger).has(LEAKED)).toBe(false);
    respond = () => ({ body: 'x'.repeat(2 ** 21) });
    expect(await leakedPasswordsService(url, logger).has(LEAKED)).toBe(false);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await leakedPasswordsService(url, logger).has(LEAKED)).toBe(false);
  });
});
