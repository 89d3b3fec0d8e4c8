import { createServer, type IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { listen } from '#adapters/http/server.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { portalOverHttp } from '../faces/portal.http.ts';

const PAGE = '<p>The portal</p>';

/** A portal, and a gateway in front of it and of a process that is gone. */
const open = async () => {
  const seen: { url?: string | undefined; headers?: IncomingHttpHeaders } = {};
  const portal = createServer((request, response) => {
    Object.assign(seen, { url: request.url, headers: request.headers });
    response
      .writeHead(200, { 'content-encoding': 'gzip', 'content-security-policy': "default-src 'none'" })
      .end(gzipSync(PAGE));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => portal.listen(port, '127.0.0.1', resolve));
  atEnd(() => new Promise((resolve) => portal.close(resolve)));
  const gone = `http://127.0.0.1:${await freePort()}`;
  const app = express()
    .use(
      '/admin',
      portalOverHttp(() => [gone, `http://127.0.0.1:${port}`]),
    )
    .use(
      '/gone',
      portalOverHttp(() => [gone]),
    );
  const server = await listen(app, 0, '127.0.0.1');
  atEnd(() => server.close());
  return { url: `http://127.0.0.1:${server.port}`, seen };
};

describe('the portal as a process of its own', () => {
  it('is passed on as it is, and told nothing about the caller', async () => {
    const { url, seen } = await open();
    const headers = { cookie: 'admin=secret', authorization: 'Bearer secret', 'accept-encoding': 'gzip' };
    const response = await fetch(`${url}/admin/orders?view=all`, { headers });
    expect([await response.text(), response.headers.get('content-security-policy')]).toEqual([
      PAGE,
      "default-src 'none'",
    ]);
    expect(seen.url).toBe('/admin/orders?view=all');
    expect(JSON.stringify(seen.headers)).not.toContain('secret');
    expect(seen.headers?.['accept-encoding']).toBe('gzip');
  });

  it('takes nothing that a browser sends', async () => {
    const { url, seen } = await open();
    const response = await fetch(`${url}/admin/orders`, { method: 'POST', body: 'x' });
    expect([response.status, response.headers.get('allow'), seen.url]).toEqual([405, 'GET, HEAD', undefined]);
  });

  it('that cannot be reached is unavailable', async () => {
    const { url } = await open();
    const response = await fetch(`${url}/gone`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  });
});
