import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { isUuid } from '#kernel/ids.ts';
import { generateKey, makeSigner, publicJwk, type PrivateJwk } from './tokens.ts';
import { makeUserSigner, makeUserVerifier, ownIssuer, userIdOf, type Issuer } from './user-tokens.ts';

const ISSUER = 'https://shop.test';
const KEYCLOAK = 'https://login.test/realms/shop';
const userKey = await generateKey('user');
const claims = { sub: 'u-1', email: 'a@example.com', name: 'A', roles: ['admin', 'emperor'] };
const sign = async (key: PrivateJwk, seconds = 60): Promise<string> =>
  (await makeUserSigner(key, ISSUER))(claims, seconds);

const open = (keys: () => readonly PrivateJwk[] = () => [userKey]) => {
  const asked = vi.fn(() => Promise.resolve({ keys: keys().map(publicJwk) }));
  return { verify: makeUserVerifier(ownIssuer(ISSUER, asked)), asked };
};

beforeEach(() => {
  vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (seconds: number): void => {
  vi.advanceTimersByTime(seconds * 1_000);
};

describe('a user’s token', () => {
  it('contains the user, the known roles, and time and session of issue', async () => {
    const now = Date.now();
    const token = await (await makeUserSigner(userKey, ISSUER))({ ...claims, sid: 's-1' }, 60);
    expect(await open().verify(token)).toEqual({
      kind: 'user',
      userId: 'u-1',
      email: 'a@example.com',
      name: 'A',
      roles: ['admin'],
      sessionId: 's-1',
      issuedAt: expect.closeTo(now, 0),
      provenAt: Math.floor(now / 1_000) * 1_000,
      methods: [],
      expiresAt: Math.floor(now / 1_000 + 60) * 1_000,
    });
  });

  it('is verified once while it is valid, and refused as soon as it expires', async () => {
    const { verify } = open();
    const token = await sign(userKey, 60);
    const first = await verify(token);
    pass(58);
    expect(await verify(token)).toBe(first);
    pass(10);
    await expect(verify(token)).rejects.toThrow('exp');
  });

  it('may come from a clock that is slightly ahead', async () => {
    const token = await sign(userKey, 60);
    pass(63);
    expect(await open().verify(token)).toMatchObject({ userId: 'u-1' });
  });

  it('with an unknown key makes the verifier fetch the keys again, at most every ten seconds', async () => {
    const keys = [userKey];
    const { verify, asked } = open(() => keys);
    await verify(await sign(userKey));
    const next = await generateKey('next');
    await expect(verify(await sign(next))).rejects.toThrow();
    await expect(verify(await sign(next))).rejects.toThrow();
    expect(asked).toHaveBeenCalledTimes(2);
    keys.push(next);
    pass(10);
    expect(await verify(await sign(next))).toMatchObject({ userId: 'u-1' });
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['for another application', { aud: 'another' }, 'at+jwt'],
    ['for no application', { aud: undefined }, 'at+jwt'],
    ['of another type', {}, 'JWT'],
    ['that claims another type', { typ: 'ID' }, 'at+jwt'],
  ])('%s is refused', async (_, changes, typ) => {
    const signer = await makeSigner(userKey, typ);
    const token = await signer({ iss: ISSUER, aud: 'shop', ...claims, ...changes }, 60);
    await expect(open().verify(token)).rejects.toThrow();
  });
});

describe('a token of an external issuer', () => {
  const keycloak = async (changes: Partial<Issuer> = {}) => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'rsa', alg: 'RS256' };
    const verify = makeUserVerifier(
      ownIssuer(ISSUER, () => Promise.resolve({ keys: [publicJwk(userKey)] })),
      {
        issuer: KEYCLOAK,
        keys: () => Promise.resolve({ keys: [jwk] }),
        audience: 'shop',
        type: 'Bearer',
        isOwn: false,
        rolesClaim: 'realm_access.roles',
        ...changes,
      },
    );
    const token = (changed: object = {}, typ = 'JWT'): Promise<string> =>
      new SignJWT({
        ...{ iss: KEYCLOAK, aud: ['account', 'shop'], sub: SUBJECT, typ: 'Bearer', email: 'a@example.com' },
        realm_access: { roles: ['order_manager'] },
        ...changed,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'rsa', typ })
        .setExpirationTime('60s')
        .sign(privateKey);
    return { verify, token };
  };
  const SUBJECT = 'f:0f1d7c5e-8f3c-4a1e-9a35-6a0ac9de2c11:ada';

  it('identifies a user by issuer and subject, which need not be a UUID', async () => {
    const { verify, token } = await keycloak();
    expect(await verify(await token())).toMatchObject({
      userId: userIdOf(KEYCLOAK, SUBJECT),
      roles: ['order_manager'],
    });
  });

  it('says when its user logged in, or nothing about it, and names no session of the shop', async () => {
    const { verify, token } = await keycloak();
    const loggedIn = Math.floor(Date.now() / 1_000) - 30;
    const withTime = await verify(await token({ auth_time: loggedIn, sid: 'a session at Keycloak' }));
    expect(withTime).toMatchObject({ provenAt: loggedIn * 1_000, sessionId: undefined });
    expect(await verify(await token())).toMatchObject({ provenAt: undefined, sessionId: undefined });
    await expect(verify(await token({ auth_time: 'now' }))).rejects.toThrow();
  });

  it('cannot identify a user of the shop itself', async () => {
    const { verify, token } = await keycloak();
    const sub = '0190a000-0000-7000-8000-00000000000a';
    expect(await verify(await token({ sub }))).not.toMatchObject({ userId: sub });
  });

  it.each([
    ['for another application', { aud: 'account' }],
    ['that is an ID token', { typ: 'ID' }],
    ['without a subject', { sub: undefined }],
  ])('%s is refused', async (_, changes) => {
    const { verify, token } = await keycloak();
    await expect(verify(await token(changes))).rejects.toThrow();
  });

  it('is recognised by its header if the issuer follows RFC 9068', async () => {
    const { verify, token } = await keycloak({ type: 'at+jwt' });
    expect(await verify(await token({ typ: undefined }, 'application/at+JWT'))).toMatchObject({
      email: 'a@example.com',
    });
    await expect(verify(await token({ typ: undefined }))).rejects.toThrow();
  });
});

describe('the id of an external user', () => {
  it('is a UUID, the same each time', () => {
    const id = userIdOf(KEYCLOAK, 'f:1:ada');
    expect(isUuid(id)).toBe(true);
    expect(userIdOf(KEYCLOAK, 'f:1:ada')).toBe(id);
    // Stored in carts and orders, so it must never change.
    expect(userIdOf('https://issuer.example', 'subject')).toBe('18914388-6b0e-8b11-80d1-78908e8b3afd');
  });

  it('differs by subject and issuer, however the two are split', () => {
    const ids = [['a', 'bc'], ['ab', 'c'], ['a', 'b'], ['a"', 'b'], ['a', '"b']].map(([issuer = '', subject = '']) =>
      userIdOf(issuer, subject),
    ); // prettier-ignore
    expect(new Set(ids).size).toBe(ids.length);
  });
});
