import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import type { Answered, SendOptions } from '#test/kit/http.ts';
import { LIMITS } from '../limits.ts';
import { ID, openEdge, THING } from './edge.ts';

const edge = forAllTests(() => openEdge());

/** The response to a request of which only the head was sent. */
const edgeAnswersBeforeTheBody = (path: string, token: string | undefined): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'text/csv',
      'content-length': '3000000',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const sent = httpRequest(edge.url + path, { method: 'POST', headers, agent: false });
    sent.on('error', reject).on('response', ({ statusCode = 0 }) => {
      resolve(statusCode);
      sent.destroy();
    });
    sent.flushHeaders();
  });

describe('a valid request', () => {
  it('reaches its handler, parsed', async () => {
    const answer = await edge.send('GET', `${THING}?limit=7`);
    expect(answer).toMatchObject({ status: 200, body: { path: { id: ID }, query: { limit: 7 } } });
    expect(answer.body).toMatchObject({ principal: { kind: 'guest' } });
  });

  it('may have ids in any case, which are stored in lower case', async () => {
    const upper = ID.toUpperCase();
    expect((await edge.send('GET', `/things/${upper}?ids=${upper},${ID}`)).body).toMatchObject({
      path: { id: ID },
      query: { ids: [ID, ID] },
    });
    const token = await edge.userToken();
    expect(
      (await edge.send('POST', '/things', { token, body: { name: 'a', of: upper } })).body,
    ).toMatchObject({
      body: { of: ID },
    });
    expect(await edge.send('GET', '/things/0190A000-nonsense')).toMatchObject({ status: 400 });
  });

  it('gets the defaults of its description', async () => {
    expect((await edge.send('GET', THING)).body).toMatchObject({ query: { limit: 3 } });
  });

  it('has a space for a + in its query, and only documented parameters', async () => {
    for (const q of ['Desk+Lamps', 'Desk%20Lamps'])
      expect((await edge.send('GET', `${THING}?q=${q}&colour=red&userId=7`)).body.query).toEqual({
        limit: 3,
        q: 'Desk Lamps',
      });
    expect(
      (await edge.send('GET', `${THING}?q=${encodeURIComponent('1+1=2, & so on/?')}`)).body.query,
    ).toEqual({
      limit: 3,
      q: '1+1=2, & so on/?',
    });
  });

  it('may carry text of the length that an import allows', async () => {
    const text = 'a,b\n'.repeat(500_000);
    const options = { headers: { 'content-type': 'text/csv' }, body: text };
    expect((await edge.send('POST', '/texts', options)).status).toBe(200);
    expect(edge.seen().body).toBe(text);
  });

  it('gets text or an empty response if its handler returns it', async () => {
    const text = await edge.send('GET', '/text');
    expect([text.status, text.body, text.headers.get('etag')]).toEqual([200, 'plain', '"1"']);
    expect(text.headers.get('content-type')).toContain('text/plain');
    expect(await edge.send('GET', '/empty')).toMatchObject({ status: 204, body: '' });
  });
});

describe('an invalid request', () => {
  const post = async (body: unknown, more: SendOptions = {}): Promise<Answered> =>
    edge.send('POST', '/things', { token: await edge.userToken(), body, ...more });

  it.each([
    ['is not JSON', '{"name":', 'MALFORMED_BODY'],
    ['lacks a required field', {}, 'VALIDATION_FAILED'],
    ['has an unknown field', { name: 'a', colour: 'red' }, 'VALIDATION_FAILED'],
    ['is of the wrong type', { name: 'a', size: 'big' }, 'VALIDATION_FAILED'],
    ['is out of bounds', { name: 'a', size: 0 }, 'VALIDATION_FAILED'],
    ['is not an object', '[]', 'VALIDATION_FAILED'],
    ['is null', 'null', 'VALIDATION_FAILED'],
    ['is missing', undefined, 'VALIDATION_FAILED'],
    ['has a character that cannot be stored', { name: 'a\u0000b' }, 'VALIDATION_FAILED'],
    ['has half a surrogate pair', '{"name":"\\ud800"}', 'VALIDATION_FAILED'],
    ['has a number that is not finite', '{"name":"a","weight":1e400}', 'VALIDATION_FAILED'],
    ['is too deep', '{"name":'.repeat(33) + '1' + '}'.repeat(33), 'VALIDATION_FAILED'],
    ['is far too deep', '['.repeat(50_000), 'VALIDATION_FAILED'],
  ])('is refused when its body %s', async (_, body, code) => {
    expect(await post(body, { headers: { 'content-type': 'application/json' } })).toMatchObject({
      status: 400,
      body: { code, status: 400, instance: '/things', title: expect.any(String), type: expect.any(String) },
    });
  });

  it('does not include whole surrogate pairs, or escapes that only look like half of one', async () => {
    for (const name of ['Käse 🧀', '\\u0000', '\\\\ud800'])
      expect(await post({ name })).toMatchObject({ status: 200, body: { body: { name } } });
    expect((await post('{"name":"\\ud83e\\uddc0"}')).body).toMatchObject({ body: { name: '🧀' } });
  });

  it('gets the position of its error', async () => {
    const { body, headers } = await post({ name: 'a', size: 0 });
    expect(body).toMatchObject({
      errors: [{ pointer: '/body/size', message: expect.stringContaining('>= 1') }],
    });
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    `${THING}?limit=99`,
    `${THING}?limit=many`,
    `${THING}?limit=1&limit=2`,
    `${THING}?limit=Infinity`,
    `${THING}?from=Infinity`,
    `${THING}?from=1e400`,
    `${THING}?from=-1e400`,
    `${THING}?from=NaN`,
    `${THING}?q=`,
    '/things/nonsense',
  ])('is refused for its URI: %s', async (path) => {
    expect(await edge.send('GET', path)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  it('is refused if its URI cannot be decoded, or contains what cannot be stored', async () => {
    expect(await edge.send('GET', '/things/%E0%A4%A')).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
    expect(await edge.send('GET', '/thrown/a%00b')).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
  });

  it('is refused if it is too large, or would be after decompression', async () => {
    const tooLarge = { status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } };
    expect(await post({ name: 'x'.repeat(LIMITS.bodyBytes) })).toMatchObject(tooLarge);
    expect((await post({ name: 'x'.repeat(LIMITS.bodyBytes - 11) })).status).toBe(200);
    const bomb = gzipSync(JSON.stringify({ name: 'x'.repeat(20_000_000) }));
    const sent = await fetch(`${edge.url}/things`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await edge.userToken()}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: bomb,
    });
    expect(bomb.length).toBeLessThan(LIMITS.bodyBytes);
    expect(sent.status).toBe(413);
  });

  it('is refused for its caller before its body is read', async () => {
    for (const [token, status] of [
      [undefined, 401],
      [await edge.userToken('customer'), 403],
    ] as const) {
      const answer = await edgeAnswersBeforeTheBody('/imports', token);
      expect(answer).toBe(status);
    }
  });

  it('is refused in an unsupported format', async () => {
    const options = { headers: { 'content-type': 'application/xml' }, body: '<a/>' };
    expect(await edge.send('POST', '/texts', options)).toMatchObject({
      status: 415,
      body: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    });
  });

  it.each([
    ['content-encoding', 'constructor'],
    ['content-encoding', 'rot13'],
    ['content-type', 'application/json; charset=klingon'],
  ])('is refused in an unsupported encoding: %s %s', async (name, value) => {
    const headers = { 'content-type': 'application/json', [name]: value };
    expect(await post({ name: 'a' }, { headers })).toMatchObject({
      status: 415,
      body: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    });
  });

  it('is refused for an unknown path, or for an operation without a handler', async () => {
    expect(await edge.send('GET', '/nowhere')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await edge.send('GET', '/unhandled')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('is refused with an unknown method, and gets the known ones', async () => {
    const answer = await edge.send('DELETE', THING);
    expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(answer.headers.get('allow')).toBe('GET, PUT');
  });
});
