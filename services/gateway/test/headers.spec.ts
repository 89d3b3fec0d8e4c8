import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { forEachTest } from '#test/kit/each-test.ts';
import { openGateway } from './stub.ts';

const gateway = forEachTest(() => openGateway());

const OPENAPI = new URL('../../../openapi/', import.meta.url);
/**
 * Not set by pages of other origins: the browser's own, those of servers that report to the shop, the one that says that a session
 * may be used, which protects it, and the gateway's own.
 */
const NOT_FOR_PAGES = /^(?:user-agent|x-twilio-.*|x-shop-client|shop-visit|visit-session|shopper-id)$/;

/** The headers of requests in a part of an OpenAPI document, in small letters. */
const headersIn = (part: unknown): readonly string[] => {
  if (typeof part !== 'object' || part === null) return [];
  const own = 'in' in part && part.in === 'header' && 'name' in part ? [String(part.name).toLowerCase()] : [];
  return [...own, ...Object.values(part).flatMap(headersIn)];
};

describe('headers', () => {
  it('of every operation may be sent by pages of other origins', async () => {
    const documented = readdirSync(OPENAPI)
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => headersIn(parse(readFileSync(new URL(file, OPENAPI), 'utf8'))))
      .filter((name) => !NOT_FOR_PAGES.test(name));
    expect(documented).toContain('idempotency-key');
    const { headers } = await gateway.send('OPTIONS', '/api/v1/products', {
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    const allowed = headers.get('access-control-allow-headers')?.toLowerCase().split(', ') ?? [];
    expect(documented.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('restrict what pages can do', async () => {
    for (const path of ['/dev', '/nowhere', '/api/v1/products']) {
      const { headers } = await gateway.send('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('x-powered-by')).toBeNull();
    }
    expect((await gateway.send('GET', '/dev')).headers.get('content-security-policy')).toContain(
      "default-src 'none'",
    );
  });

  it('allow pages of all origins, or only of configured ones', async () => {
    const origin = 'https://shop.example';
    const answer = await gateway.send('GET', '/api/v1/products', { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
    const preflight = await gateway.send('OPTIONS', '/api/v1/products', {
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect(gateway.received).toHaveLength(1);

    const strict = await openGateway({ GATEWAY_CORS_ORIGINS: 'https://shop.example, https://admin.example' });
    const from = async (one: string): Promise<string | null> =>
      (await strict.send('GET', '/api/v1/products', { headers: { origin: one } })).headers.get(
        'access-control-allow-origin',
      );
    expect([await from(origin), await from('https://evil.example')]).toEqual([origin, null]);
    expect(
      (await strict.send('OPTIONS', '/api/v1/products', { headers: { origin: 'https://evil.example' } }))
        .status,
    ).not.toBe(204);
  });

  it('carry the correlation id to the service and back', async () => {
    const answer = await gateway.send('GET', '/api/v1/cart', { headers: { 'x-correlation-id': 'story-1' } });
    expect(answer.headers.get('x-correlation-id')).toBe('story-1');
    expect(gateway.received[0]?.headers).toMatchObject({ 'x-correlation-id': 'story-1' });
    const made = await gateway.send('GET', '/api/v1/cart', { headers: { 'x-correlation-id': 'not one' } });
    expect(made.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(gateway.received[1]?.headers['x-correlation-id']).toBe(made.headers.get('x-correlation-id'));
  });

  it('of rate limits are in every response; an excess request is refused', async () => {
    const strict = await openGateway({ GATEWAY_RATE_AUTH: '2' });
    const login = () => strict.send('POST', '/api/v1/login', { body: {} });
    expect((await login()).headers.get('ratelimit-remaining')).toBe('1');
    await login();
    const refused = await login();
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(strict.received).toHaveLength(2);
    expect((await strict.send('GET', '/api/v1/products')).status).toBe(200);
  });

  it('of rate limits count keys per day, for operations that take one', async () => {
    const strict = await openGateway({ GATEWAY_KEYED_PER_DAY: '2' });
    const order = (headers: Record<string, string> = { 'idempotency-key': 'key-12345' }) =>
      strict.send('POST', '/api/v1/orders', { headers });
    await order();
    await order();
    const refused = await order();
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000);
    expect((await order({})).status).toBe(200);
    const headers = { 'idempotency-key': 'key-12345' }; // this operation does not use keys
    expect((await strict.send('POST', '/api/v1/login', { headers })).status).toBe(200);
  });

  it('about the client’s address are trusted only behind a proxy, and only what the proxy has added', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' };
    await gateway.send('GET', '/api/v1/cart', { headers });
    expect(gateway.received[0]?.headers['x-forwarded-for']).toBe('127.0.0.1');
    const behind = await openGateway({ GATEWAY_TRUST_PROXY: '1' });
    await behind.send('GET', '/api/v1/cart', { headers });
    expect(behind.received[0]?.headers['x-forwarded-for']).toBe('203.0.113.7');
  });
});
