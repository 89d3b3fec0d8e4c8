import { describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { openEdge, signForUser, THING, userKey, type Seen } from './edge.ts';

const edge = forAllTests(() => openEdge());

describe('headers', () => {
  const put = async (ifMatch?: string): Promise<Answered> =>
    edge.send('PUT', THING, {
      token: await edge.userToken('catalog_manager'),
      body: { name: 'a' },
      ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
    });

  it.each([
    ['"7"', 7],
    ['W/"7"', 7],
    ['"7.3"', 7],
    ['*', undefined],
    [undefined, undefined],
  ])('If-Match %s names version %s', async (header, version) => {
    expect((await put(header)).status).toBe(200);
    expect(edge.seen().ifMatch).toBe(version);
  });

  it.each(['7', '"seven"', '"1", "2"', '""', '"7."', '"7.3.1"'])(
    'If-Match %s names no version',
    async (header) => {
      expect(await put(header)).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
    },
  );

  const make = async (user: string, body: object): Promise<Seen['idempotency']> => {
    const token = await signForUser(userKey, { sub: user });
    const headers = { 'idempotency-key': 'key-12345' };
    expect((await edge.send('POST', '/things', { token, body, headers })).status).toBe(200);
    return edge.seen().idempotency;
  };

  it('Idempotency-Key is bound to the caller, the operation and the request', async () => {
    const first = await make('u-1', { name: 'a' });
    expect(first).toMatchObject({ principal: 'user:u-1', operation: 'makeThing', key: 'key-12345' });
    expect(await make('u-1', { name: 'a' })).toEqual(first);
    expect((await make('u-1', { name: 'b' }))?.fingerprint).not.toBe(first?.fingerprint);
    expect(await make('u-2', { name: 'a' })).toMatchObject({ principal: 'user:u-2' });
    await edge.send('POST', '/things', { token: await edge.userToken(), body: { name: 'a' } });
    expect(edge.seen().idempotency).toBeUndefined();
  });

  it('Idempotency-Key has a minimum length', async () => {
    const token = await edge.userToken();
    const answer = await edge.send('POST', '/things', {
      token,
      body: { name: 'a' },
      headers: { 'idempotency-key': 'short' },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  it('X-Correlation-Id is accepted, returned and passed to the handler', async () => {
    const { headers, body } = await edge.send('GET', THING, { headers: { 'x-correlation-id': 'story-1' } });
    expect(headers.get('x-correlation-id')).toBe('story-1');
    expect(body).toMatchObject({ cause: { correlationId: 'story-1', causationId: 'story-1' } });
  });

  it.each([undefined, 'not one', 'x'.repeat(65), ''])(
    'X-Correlation-Id is generated for %j',
    async (given) => {
      const { headers, body } = await edge.send(
        'GET',
        THING,
        given === undefined ? {} : { headers: { 'x-correlation-id': given } },
      );
      const made = headers.get('x-correlation-id');
      expect(made).toMatch(/^[0-9a-f-]{36}$/);
      expect(body).toMatchObject({ cause: { correlationId: made } });
    },
  );

  it('X-Correlation-Id is also on refusals', async () => {
    const { headers } = await edge.send('GET', '/nowhere', { headers: { 'x-correlation-id': 'story-2' } });
    expect(headers.get('x-correlation-id')).toBe('story-2');
  });

  it('traceparent is forwarded if it is valid', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect((await edge.send('GET', THING, { headers: { traceparent } })).body).toMatchObject({
      cause: { traceparent },
    });
    const { body } = await edge.send('GET', THING, { headers: { traceparent: 'x'.repeat(5_000) } });
    expect(body.cause).not.toHaveProperty('traceparent');
  });

  it('forbid caching of private responses and of changes, including refusals', async () => {
    const keeping = async (method: string, path: string, token?: string): Promise<string | null> =>
      (
        await edge.send(method, path, {
          ...(token === undefined ? {} : { token }),
          ...(method === 'POST' ? { body: { name: 'a' } } : {}),
        })
      ).headers.get('cache-control');
    expect(await keeping('GET', THING)).toBeNull();
    expect(await keeping('GET', '/mine')).toBe('private, no-store');
    expect(await keeping('POST', '/things')).toBe('private, no-store');
    expect(await keeping('POST', '/things', await edge.userToken())).toBe('private, no-store');
    expect(await keeping('GET', '/internal/things')).toBe('private, no-store');
  });

  it('do not reveal the framework', async () => {
    const { headers } = await edge.send('GET', THING);
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
