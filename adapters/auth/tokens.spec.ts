import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importJWK, SignJWT } from 'jose';
import { generateKey, makeServiceTokens, makeSigner, makeVerifier, publicJwk } from './tokens.ts';
import { makeUserSigner, makeUserVerifier, ownIssuer } from './user-tokens.ts';

const ISSUER = 'https://shop.test';
const [userKey, cartKey] = await Promise.all([generateKey('user'), generateKey('cart')]);

const open = () => ({
  verify: makeVerifier({
    users: makeUserVerifier(ownIssuer(ISSUER, () => Promise.resolve({ keys: [publicJwk(userKey)] }))),
    serviceKeys: { keys: [publicJwk(cartKey)] },
    audience: 'payment',
  }),
});

beforeEach(() => {
  vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (seconds: number): void => {
  vi.advanceTimersByTime(seconds * 1_000);
};

const USER = '0190a000-0000-7000-8000-00000000000a';

describe('a service’s token', () => {
  const tokens = async () => makeServiceTokens('cart', await makeSigner(cartKey));

  it('names the service, its scopes and the user', async () => {
    const token = await (await tokens())('payment', 'pay refund', USER);
    expect(await open().verify(token)).toEqual({
      kind: 'service',
      service: 'cart',
      scopes: ['pay', 'refund'],
      actsFor: USER,
    });
  });

  it('is reused for the same callee, scope and user, and renewed in time', async () => {
    const make = await tokens();
    const first = await make('payment', 'pay');
    pass(40);
    expect(await make('payment', 'pay')).toBe(first);
    expect(await make('payment', 'refund')).not.toBe(first);
    expect(await make('order', 'pay')).not.toBe(first);
    expect(await make('payment', 'pay', USER)).not.toBe(first);
    pass(10);
    const second = await make('payment', 'pay');
    expect(second).not.toBe(first);
    pass(14);
    expect(await open().verify(second)).toMatchObject({ service: 'cart' });
  });

  it('is refused if it is not a JWT, like any invalid token', async () => {
    const attempt = open().verify('worthless'); // an exception, which callers would not expect
    await expect(attempt).rejects.toThrow();
  });

  it('is refused once it has expired', async () => {
    const token = await (await tokens())('payment', 'pay');
    const { verify } = open();
    await verify(token);
    pass(66);
    await expect(verify(token)).rejects.toThrow('exp');
  });

  /** Signed by a service with the given claims; times are seconds from now. */
  const claiming = async (made: number, ends: number, more: object = {}): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ iss: 'service:cart', aud: 'payment', scope: 'pay', ...more })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'cart' })
      .setIssuedAt(now + made)
      .setExpirationTime(now + ends)
      .sign(await importJWK(cartKey, 'EdDSA'));
  };

  it('is valid for five minutes at most', async () => {
    const { verify } = open();
    const token = await claiming(0, 300);
    expect(await verify(token)).toMatchObject({ service: 'cart' });
    pass(306);
    await expect(verify(token)).rejects.toThrow();
    await expect(verify(await claiming(0, 301))).rejects.toThrow('valid for too long');
    await expect(verify(await claiming(-310, 60))).rejects.toThrow();
  });

  it('is refused if it was issued in the future, allowing for clock skew', async () => {
    const { verify } = open();
    expect(await verify(await claiming(4, 60))).toMatchObject({ service: 'cart' });
    await expect(verify(await claiming(30, 60))).rejects.toThrow();
  });

  it('acts only for users with an id', async () => {
    await expect(open().verify(await claiming(0, 60, { act_for: 'everybody' }))).rejects.toThrow();
  });
});

describe('a public key', () => {
  it('reveals nothing of its private half', () => {
    expect(publicJwk(userKey)).not.toHaveProperty('d');
    expect(publicJwk(userKey)).toMatchObject({ kid: 'user', alg: 'EdDSA' });
  });
});

describe('a verified token', () => {
  const counted = () => {
    const asked: string[] = [];
    const users = makeUserVerifier(ownIssuer(ISSUER, () => Promise.resolve({ keys: [publicJwk(userKey)] })));
    const verify = makeVerifier({
      users: (token) => {
        asked.push(token);
        return users(token);
      },
      serviceKeys: { keys: [publicJwk(cartKey)] },
      audience: 'payment',
    });
    return { asked, verify };
  };
  const tokenFor = async (seconds: number): Promise<string> =>
    (await makeUserSigner(userKey, ISSUER))({ sub: USER, email: 'a@example.com', roles: [] }, seconds);

  it('is cached until it expires, and then refused', async () => {
    const { asked, verify } = counted();
    const token = await tokenFor(60);
    const first = await verify(token);
    pass(59);
    expect(await verify(token)).toBe(first);
    expect(asked).toEqual([token]);
    pass(10);
    await expect(verify(token)).rejects.toThrow();
  });

  it('is identified by all its bytes: another signature is another token', async () => {
    const { asked, verify } = counted();
    const token = await tokenFor(60);
    await verify(token);
    await expect(verify(`${token.slice(0, -8)}AAAAAAAA`)).rejects.toThrow();
    await expect(verify(token.slice(0, -1))).rejects.toThrow();
    expect(asked).toHaveLength(3);
  });
});
