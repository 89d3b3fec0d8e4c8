import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { openGateway } from './stub.ts';

const gateway = forEachTest(() => openGateway({ GATEWAY_DEV_HOSTS: 'try.example.com' }));

/** Sets a `Host` that `fetch` does not allow. */
const ask = (
  path: string,
  headers: IncomingHttpHeaders,
  method = 'GET',
): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders }> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest({ port: gateway.port, method, path, headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
    });
    sent.on('error', reject).end();
  });

describe.each(['/dev/mailbox', '/dev'])('the development page %s', (path) => {
  it.each<IncomingHttpHeaders>([
    { host: 'localhost:8080' },
    { host: '127.0.0.1:8080' },
    { host: '[::1]:8080' },
    { host: 'shop.localhost' },
    { host: 'try.example.com' },
    { host: 'localhost:8080', origin: 'http://localhost:8080' },
    { host: 'localhost:8080', 'sec-fetch-site': 'same-origin' },
    { host: 'localhost:8080', 'sec-fetch-site': 'none' },
  ])('is shown to %j', async (headers) => {
    const answer = await ask(path, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(answer.headers['cache-control']).toBe('private, no-store');
  });

  it.each<IncomingHttpHeaders>([
    { host: 'evil.example' },
    { host: 'evil.example:8080' },
    { host: 'localhost.evil.example' },
    { host: '127.0.0.1.evil.example' },
    { host: 'localhost:8080', origin: 'https://evil.example' },
    { host: 'localhost:8080', origin: 'http://localhost:8090' },
    { host: 'localhost:8080', origin: 'null' },
    { host: 'localhost:8080', 'sec-fetch-site': 'cross-site' },
    { host: 'localhost:8080', 'sec-fetch-site': 'same-site' },
  ])('is refused to %j', async (headers) => {
    const answer = await ask(path, headers);
    expect(answer.status).toBe(403);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(gateway.received).toEqual([]);
  });

  it('refuses preflight requests', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
    const answer = await ask(path, headers, 'OPTIONS');
    expect(answer.status).toBe(403);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
