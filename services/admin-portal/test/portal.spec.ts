import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import { beforeEach, describe, expect, it } from 'vitest';
import { listen } from '#adapters/http/server.ts';
import { atEnd, temporaryFolder } from '#test/kit/cleanup.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { adminPortal } from '../main/mount.ts';

const PAGE =
  '<meta property="csp-nonce" nonce="__NONCE__"><script src="/admin/assets/index-1.js" nonce="__NONCE__"></script>';
const SCRIPT = 'export const answer = 42;';

const openPortal = async () => {
  const folder = temporaryFolder();
  const app = express().disable('etag').use('/admin', adminPortal(folder));
  const server = await listen(app, 0, '127.0.0.1');
  atEnd(() => server.close());
  return { folder, server };
};

const portal = forEachTest(openPortal);

const build = (page = PAGE): void => {
  mkdirSync(join(portal.folder, 'assets'), { recursive: true });
  mkdirSync(join(portal.folder, '.vite'), { recursive: true });
  writeFileSync(join(portal.folder, 'index.html'), page);
  writeFileSync(join(portal.folder, '.vite/manifest.json'), '{}');
  writeFileSync(join(portal.folder, 'assets/index-1.js'), SCRIPT);
  writeFileSync(join(portal.folder, 'assets/index-1.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(portal.folder, 'assets/index-1.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(portal.folder, 'assets/small-2.css'), 'p{}');
};

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${portal.server.port}${path}`, init);

/** A path as it is, which `fetch` would tidy up. */
const statusOf = (path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: portal.server.port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

const nonceIn = (text: string): string | undefined => /nonce="([^"]+)"/.exec(text)?.[1];

beforeEach(() => build());

describe('the page of the portal', () => {
  it.each(['/admin', '/admin/', '/admin/orders/019a0b1c?view=all', '/admin/products/a.b'])(
    'is at %s, and asked for again each time',
    async (path) => {
      const response = await get(path);
      expect([
        response.status,
        response.headers.get('content-type'),
        response.headers.get('cache-control'),
      ]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
      expect(await response.text()).toContain('csp-nonce');
    },
  );

  it('allows scripts of its origin and styles with a nonce that is new in each response', async () => {
    const [first, second] = [await get('/admin'), await get('/admin')];
    const nonces = [nonceIn(await first.text()), nonceIn(await second.text())];
    expect(new Set(nonces).size).toBe(2);
    expect(first.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" +
        `${nonces[0]}'; img-src 'self' blob: data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
  });

  it('shares nothing with other origins', async () => {
    const { headers } = await get('/admin');
    expect(Object.fromEntries(headers)).toMatchObject({
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  });

  it('follows a new build', async () => {
    await get('/admin');
    build('<p>new</p>');
    utimesSync(join(portal.folder, 'index.html'), 1, 1);
    expect(await (await get('/admin')).text()).toBe('<p>new</p>');
  });

  it('is not there for other methods', async () => {
    const response = await get('/admin/orders', { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('says what to do before the first build', async () => {
    rmSync(join(portal.folder, 'index.html'));
    const response = await get('/admin');
    expect([
      response.status,
      response.headers.get('retry-after'),
      response.headers.get('cache-control'),
    ]).toEqual([503, '5', 'no-store']);
  });
});

describe('an asset', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ])('is sent to a client that accepts %s as %s, for good', async (accepted, encoding) => {
    const response = await get('/admin/assets/index-1.js', { headers: { 'accept-encoding': accepted } });
    expect([response.status, response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual(
      [200, encoding, 'Accept-Encoding'],
    );
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toBe(SCRIPT);
  });

  it('without a compressed file is sent as it is', async () => {
    const response = await get('/admin/assets/small-2.css');
    expect([response.headers.get('content-encoding'), await response.text()]).toEqual([null, 'p{}']);
  });

  it('that is unknown is no page', async () => {
    const response = await get('/admin/assets/old-0.js');
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  it.each([
    '/admin/assets/..%2findex.html',
    '/admin/assets/..%2f.vite%2fmanifest.json',
    '/admin/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/admin/assets/..%5c..%5cpackage.json',
    '/admin/assets/%00',
  ])('outside of its folder is not there: %s', async (path) => {
    expect(await statusOf(path)).toBe(404);
  });
});
