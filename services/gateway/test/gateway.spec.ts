import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { openGateway } from './stub.ts';

const gateway = forEachTest(() => openGateway());

/** A raw request, which `fetch` would normalise. */
const raw = (
  method: string,
  path: string,
  headers: IncomingHttpHeaders = {},
  body?: (write: (chunk: Buffer) => void) => void,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> =>
  new Promise((resolve, reject) => {
    const outgoing = httpRequest({ port: gateway.port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        outgoing.destroy();
      });
    });
    outgoing.on('error', reject);
    body?.((chunk) => outgoing.write(chunk));
    outgoing.end();
  });

/** The response to a request of which only the head has arrived. */
const answerToHead = (path: string, headers: IncomingHttpHeaders): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest({ port: gateway.port, method: 'POST', path, headers, agent: false });
    sent.on('error', reject).on('response', ({ statusCode = 0 }) => {
      resolve(statusCode);
      sent.destroy();
    });
    sent.flushHeaders();
  });

describe('a request', () => {
  it('reaches its service as written, with the documented part of its query', async () => {
    gateway.answerCounting({ etag: '"1"', 'x-powered-by': 'stub' });
    const token = await gateway.userToken();
    const answer = await gateway.send('PUT', '/api/v1/products/p%201?b=2&a=%C3%A4+e*(%21)', {
      token,
      body: { name: 'Kettle' },
      headers: { 'if-match': '"1"', 'idempotency-key': 'key-12345', 'accept-language': 'de' },
    });
    expect(answer).toMatchObject({ status: 200, body: { count: 1 } });
    expect(gateway.received).toMatchObject([
      {
        method: 'PUT',
        url: '/api/v1/products/p%201?a=%C3%A4%20e%2A%28%21%29',
        body: '{"name":"Kettle"}',
        headers: {
          authorization: `Bearer ${token}`,
          'if-match': '"1"',
          'idempotency-key': 'key-12345',
          'accept-language': 'de',
          'x-forwarded-for': '127.0.0.1',
        },
      },
    ]);
  });

  it('gets the refusal of its service', async () => {
    gateway.answer((_, response) =>
      response.writeHead(409, { 'content-type': 'application/problem+json' }).end('{"code":"SKU_TAKEN"}'),
    );
    const answer = await gateway.send('POST', '/api/v1/products', {
      token: await gateway.userToken(),
      body: {},
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'SKU_TAKEN' } });
  });

  it('gets an empty response if there is no content', async () => {
    gateway.answer((_, response) => response.writeHead(204).end());
    const { status, headers } = await gateway.send('PUT', '/api/v1/products/p-1', {
      token: await gateway.userToken(),
    });
    expect([status, headers.get('content-length')]).toEqual([204, null]);
  });

  it('is forwarded without hop-by-hop headers', async () => {
    await raw('POST', '/api/v1/login', {
      connection: 'close, X-Hop',
      'x-hop': 'secret',
      te: 'trailers',
    });
    const [headers] = gateway.received.map((one) => one.headers);
    expect(headers).not.toHaveProperty('x-hop');
    expect(headers).not.toHaveProperty('te');
  });

  it('gets 503 while its service is down; other services are not affected', async () => {
    gateway.answerCounting();
    for (const method of ['GET', 'POST']) {
      const answer = await gateway.send(method, '/api/v1/down');
      expect(answer).toMatchObject({
        status: 503,
        body: { code: 'UNAVAILABLE', status: 503, instance: '/api/v1/down' },
      });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('retry-after')).toBe('2');
    }
    expect(await gateway.send('GET', '/api/v1/products')).toMatchObject({ status: 200 });
    expect(await gateway.send('GET', '/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'degraded', services: { catalog: 'ready', down: 'not ready' } },
    });
  });

  it('gets 503 when its service takes too long, except for imports, which may', async () => {
    const hasty = await openGateway({ GATEWAY_ANSWER_MS: '1' });
    const imported = Promise.withResolvers<undefined>();
    hasty.answer(({ url }, response) => {
      if (url === '/api/v1/imports') void imported.promise.then(() => response.writeHead(200).end());
    });
    const importing = hasty.send('POST', '/api/v1/imports', { body: 'a' });
    expect(await hasty.send('GET', '/api/v1/cart')).toMatchObject({ status: 503 });
    imported.resolve(undefined);
    expect((await importing).status).toBe(200);
  });

  it('gets 503 when its service breaks off', async () => {
    gateway.answer((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect(await gateway.send('GET', '/api/v1/cart')).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE' },
    });
  });
});

describe('routing', () => {
  it.each(['/nowhere', '/internal/v1/secret', '/metrics', '/api/v1'])(
    'finds no service for %s',
    async (path) => {
      expect(await gateway.send('GET', path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect(gateway.received).toEqual([]);
    },
  );

  it.each([
    '/api/v1/products/..',
    '/api/v1/products/%2e%2e',
    '/api/v1/products/..\\..\\..\\internal\\v1\\secret',
    '/api/v1/products/..%2f..%2f..%2finternal%2fv1%2fsecret',
    '/api/v1/products/..%5c..%5cinternal',
    'http://evil.test/api/v1/products/p-1',
  ])('sends %s to no other service', async (path) => {
    gateway.answer((_, response) => response.writeHead(404).end());
    await raw('GET', path);
    expect(gateway.received.map(({ url }) => url)).toEqual([path.replace('http://evil.test', '')]);
  });

  it.each(['/../internal/v1/secret', '//internal/v1/secret', '/api/v1/../../internal/v1/secret', '*'])(
    'sends %s to no service',
    async (path) => {
      const { status } = await raw('GET', path);
      expect([404, 200].includes(status) && gateway.received.length === 0).toBe(true);
    },
  );

  it('refuses an unknown method', async () => {
    const answer = await gateway.send('DELETE', '/api/v1/products');
    expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });
});

describe('a caller', () => {
  const post = (token?: string) =>
    gateway.send('POST', '/api/v1/products', { body: {}, ...(token === undefined ? {} : { token }) });

  it('needs a token if the operation requires one', async () => {
    expect((await post(await gateway.userToken())).status).toBe(200);
    const answer = await post();
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['no bearer token', 'Basic YTpi'],
    ['an invalid one', 'Bearer nonsense'],
  ])(
    'is refused with %s if guests may call; the header is ignored if the operation is public',
    async (_, authorization) => {
      const headers = { authorization };
      expect(await gateway.send('GET', '/api/v1/cart', { headers })).toMatchObject({ status: 401 });
      expect(gateway.received).toEqual([]);
      expect(await gateway.send('GET', '/api/v1/products', { headers })).toMatchObject({ status: 200 });
      expect(await gateway.send('POST', '/api/v1/login', { headers })).toMatchObject({ status: 200 });
      for (const one of gateway.received) expect(one.headers).not.toHaveProperty('authorization');
    },
  );

  it('gets 503 while the token issuer cannot be reached', async () => {
    const lonely = await openGateway({}, undefined, () => Promise.reject(new Error('away')));
    const token = await lonely.userToken();
    const answer = await lonely.send('POST', '/api/v1/products', { token });
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  it('is refused with the token of a service, which must have been stolen', async () => {
    expect(await post(await gateway.serviceToken())).toMatchObject({ status: 401 });
    expect(gateway.received).toEqual([]);
  });
});

describe('a body', () => {
  it('is not read from a caller without the role', async () => {
    const headers = { 'content-type': 'text/csv', 'content-length': '30000000' };
    const authorization = `Bearer ${await gateway.userToken()}`;
    for (const [more, status] of [
      [{}, 401],
      [{ authorization }, 403],
    ] as const)
      expect(await answerToHead('/api/v1/staff/imports', { ...headers, ...more })).toBe(status);
    expect(gateway.received).toEqual([]);
  });

  const big = (bytes: number): Buffer => Buffer.alloc(bytes, 'x');

  it.each([
    ['with a content length', { 'content-length': '300000' }],
    ['without one', { 'transfer-encoding': 'chunked' }],
  ])('is refused if it is too large, %s', async (_, headers) => {
    const answer = await raw('POST', '/api/v1/login', headers, (write) => {
      for (let i = 0; i < 3; i += 1) write(big(100_000));
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(gateway.received).toEqual([]);
  });

  it('may be larger for an import', async () => {
    const body = big(3_000_000).toString();
    expect(
      (await gateway.send('POST', '/api/v1/imports', { body, headers: { 'content-type': 'text/csv' } }))
        .status,
    ).toBe(200);
    expect(gateway.received[0]?.body).toBe(body);
  });
});

describe('reading', () => {
  it('handles HEAD like GET, without the body', async () => {
    gateway.answerCounting({ etag: '"1"' });
    const head = await gateway.send('HEAD', '/api/v1/products');
    expect([head.status, head.headers.get('content-length'), head.body]).toEqual([200, '11', '']);
    expect(await gateway.send('GET', '/api/v1/products')).toMatchObject({ body: { count: 1 } });
    expect(gateway.received.map(({ method }) => method)).toEqual(['GET']);
    expect((await gateway.send('HEAD', '/api/v1/progress')).status).toBe(405);
  });

  it.each(['"1"', 'W/"1"', '"0", "1"', '*'])('returns 304 if the client has it as %s', async (known) => {
    gateway.answerCounting({ etag: '"1"' });
    const answer = await gateway.send('GET', '/api/v1/products', { headers: { 'if-none-match': known } });
    expect([answer.status, answer.headers.get('etag'), answer.body]).toEqual([304, '"1"', '']);
  });

  it.each(['"2"', '1'])('returns the full response if the client has it as %s', async (known) => {
    gateway.answerCounting({ etag: '"1"' });
    expect((await gateway.send('GET', '/api/v1/cart', { headers: { 'if-none-match': known } })).status).toBe(
      200,
    );
  });
});

describe('the gateway itself', () => {
  it('shows the state of the services, with escaped names', async () => {
    const { body, headers } = await gateway.send('GET', '/dev');
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('a@example.com');
    expect(body).toContain('&#60;b&#62;');
    expect(body).not.toContain('<b>');
  });

  it('documents the operations for clients', async () => {
    const { body } = await gateway.send('GET', '/openapi.json');
    expect(Object.keys(body.paths as object)).toContain('/api/v1/down');
    expect(JSON.stringify(body)).not.toContain('/internal/');
    for (const path of ['/docs', '/docs/start.js', '/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js'])
      expect((await gateway.send('GET', path)).status).toBe(200);
  });

  it('has no icon for pages that name none, which is not worth an error in the console of browsers', async () => {
    expect((await gateway.send('GET', '/favicon.ico')).status).toBe(204);
  });

  it('reports that it is alive', async () => {
    expect(await gateway.send('GET', '/health/live')).toMatchObject({
      status: 200,
      body: { status: 'live' },
    });
  });

  it('measures requests per route', async () => {
    await gateway.send('GET', '/api/v1/products/p-1');
    await gateway.send('GET', '/nowhere');
    const text = await gateway.metrics.text();
    expect(text).toContain('route="/api/v1/products/{product_id}",status="200"} 1');
    expect(text).toContain('route="other",status="404"} 1');
  });
});
