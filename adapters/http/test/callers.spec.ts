import { describe, expect, it } from 'vitest';
import { importJWK, SignJWT, type JWTPayload } from 'jose';
import { generateKey } from '#adapters/auth/tokens.ts';
import { forAllTests } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { ID, ISSUER, openEdge, orderKey, sign, signForUser, THING, userKey } from './edge.ts';

const edge = forAllTests(() => openEdge());

const forever = async (claims: JWTPayload): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: 'user', typ: 'at+jwt' })
    .sign(await importJWK(userKey, 'EdDSA'));
const unsigned = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('a caller', () => {
  const post = (token?: string): Promise<Answered> =>
    edge.send('POST', '/things', { body: { name: 'a' }, ...(token === undefined ? {} : { token }) });
  const claims = { iss: ISSUER, aud: 'shop', sub: 'u-1', email: 'a@example.com' };

  it('is authenticated by a token', async () => {
    expect((await post(await edge.userToken('customer'))).body).toMatchObject({
      principal: { kind: 'user', userId: 'u-1', email: 'u-1@example.com', roles: ['customer'] },
    });
  });

  it.each([
    ['no token', () => undefined],
    ['a malformed token', () => 'nonsense'],
    ['a token without claims', () => 'a.b.c'],
    ['a forged signature', async () => signForUser(await generateKey('user'), {})],
    ['a token of an unknown key', async () => signForUser(await generateKey('stranger'), {})],
    ['a token that has expired', () => signForUser(userKey, {}, { seconds: -60 })],
    ['a token of another issuer', () => signForUser(userKey, { iss: 'https://evil.test' })],
    ['a token for another application', () => signForUser(userKey, { aud: 'another' })],
    ['a token for no application', () => signForUser(userKey, { aud: undefined })],
    ['a token of another type', () => signForUser(userKey, {}, { typ: 'JWT' })],
    ['a token that never expires', () => forever(claims)],
    ['a token without a subject', () => signForUser(userKey, { sub: undefined })],
    ['an unsigned token', () => `${unsigned({ alg: 'none' })}.${unsigned(claims)}.`],
  ])('gets 401 with %s', async (_, token) => {
    const answer = await post(await token());
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('gets 503 while the token issuer cannot be reached', async () => {
    const lonely = await openEdge({ isIssuerAway: true });
    expect(await lonely.send('POST', '/things', { token: await edge.userToken(), body: {} })).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE' },
    });
  });

  it.each(['Bearer nonsense', 'Basic YTpi'])(
    'is not authenticated on public operations: %s',
    async (authorization) => {
      expect(await edge.send('GET', THING, { headers: { authorization } })).toMatchObject({
        status: 200,
        body: { principal: { kind: 'guest' } },
      });
      const lonely = await openEdge({ isIssuerAway: true });
      expect((await lonely.send('GET', THING, { token: await edge.userToken() })).status).toBe(200);
    },
  );

  it('may be a guest or a user where both are allowed, and no one else', async () => {
    expect((await edge.send('GET', '/mine')).body).toMatchObject({ principal: { kind: 'guest' } });
    const token = await edge.userToken();
    expect((await edge.send('GET', '/mine', { token })).body).toMatchObject({ principal: { kind: 'user' } });
    for (const authorization of ['Bearer nonsense', 'Basic YTpi'])
      expect((await edge.send('GET', '/mine', { headers: { authorization } })).status).toBe(401);
  });

  it('needs one of the roles, or to be an admin', async () => {
    const put = async (...roles: readonly string[]): Promise<number> =>
      (await edge.send('PUT', THING, { token: await edge.userToken(...roles), body: { name: 'a' } })).status;
    expect(await put('customer')).toBe(403);
    expect(await put('customer', 'order_manager')).toBe(403);
    expect(await put('catalog_manager')).toBe(200);
    expect(await put('admin')).toBe(200);
  });

  it('must have proved recently who it is, where the operation says so', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const read = async (claims: object): Promise<Answered> =>
      edge.send('GET', '/secrets', { token: await signForUser(userKey, claims) });
    expect((await read({ auth_time: now - 55 })).status).toBe(200);
    for (const claims of [{ auth_time: now - 65 }, {}]) {
      const refused = await read(claims);
      expect(refused).toMatchObject({ status: 403, body: { code: 'STEP_UP_REQUIRED' } });
      expect(refused.headers.get('www-authenticate')).toBe(
        'Bearer error="insufficient_user_authentication", max_age="60"',
      );
    }
    expect((await edge.send('GET', '/secrets')).status).toBe(401);
  });

  it('is refused as a user on service operations, and as a service on user operations', async () => {
    const user = await edge.userToken('admin');
    expect(await edge.send('GET', '/internal/things', { token: user })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect(await edge.send('GET', '/internal/things')).toMatchObject({ status: 401 });
    expect(await post(await edge.serviceToken('things:read'))).toMatchObject({ status: 401 });
  });

  it('is admitted as a service with the scope', async () => {
    const token = await edge.serviceToken('things:write things:read');
    expect((await edge.send('GET', '/internal/things', { token })).body).toMatchObject({
      principal: { kind: 'service', service: 'cart', scopes: ['things:write', 'things:read'] },
    });
    const other = await edge.serviceToken('things:write');
    expect(await edge.send('GET', '/internal/things', { token: other })).toMatchObject({ status: 403 });
    const none = await edge.serviceToken('');
    expect(await edge.send('GET', '/internal/things', { token: none })).toMatchObject({ status: 403 });
  });

  it.each([
    ['for another service', { aud: 'payment' }],
    ['without an audience', { aud: undefined }],
    ['signed by a service other than its issuer', { iss: 'service:order' }],
  ])('is refused with a service token %s', async (_, changes) => {
    const token = await edge.serviceToken('things:read', changes);
    expect(await edge.send('GET', '/internal/things', { token })).toMatchObject({ status: 401 });
  });

  it('is refused as a service that is not a consumer of the operation, whatever it claims', async () => {
    const token = await sign(orderKey, { iss: 'service:order', aud: 'edge', scope: 'things:read' });
    expect(await edge.send('GET', '/internal/things', { token })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
  });

  it('acts for a user only if the operation allows it', async () => {
    const token = await edge.serviceToken('things:read', { act_for: ID });
    expect((await edge.send('GET', '/internal/things-of-user', { token })).body).toMatchObject({
      principal: { actsFor: ID },
    });
    expect((await edge.send('GET', '/internal/things', { token })).status).toBe(403);
    const someone = await edge.serviceToken('things:read', { act_for: 'a-user' });
    expect((await edge.send('GET', '/internal/things-of-user', { token: someone })).status).toBe(401);
  });
});
