import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { exportJWK, importJWK, generateKeyPair, SignJWT } from 'jose';
import {
  generateKey,
  makeServiceTokens,
  makeSigner,
  makeUserVerifier,
  makeVerifier,
  publicJwk,
  type PrivateJwk,
} from './tokens.ts';

const ISSUER = 'https://shop.test';
const [userKey, cartKey] = await Promise.all([generateKey('user'), generateKey('cart')]);
const claims = { iss: ISSUER, sub: 'u-1', email: 'a@example.com', name: 'A', roles: ['admin', 'emperor'] };
const sign = async (key: PrivateJwk, seconds = 60): Promise<string> =>
  (await makeSigner(key))(claims, seconds);

const open = (keys: () => readonly PrivateJwk[] = () => [userKey]) => {
  const asked = jest.fn(() => Promise.resolve({ keys: keys().map(publicJwk) }));
  const verify = makeVerifier({
    users: makeUserVerifier({ issuer: ISSUER, keys: asked }),
    serviceKeys: { keys: [publicJwk(cartKey)] },
    audience: 'payment',
  });
  return { verify, asked };
};

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});
const pass = (seconds: number): void => {
  jest.advanceTimersByTime(seconds * 1_000);
};

const USER = '0190a000-0000-7000-8000-00000000000a';

describe('a user’s token', () => {
  it('names the user, with the roles that exist, and says when it ends', async () => {
    expect(await open().verify(await sign(userKey))).toEqual({
      kind: 'user',
      userId: 'u-1',
      email: 'a@example.com',
      name: 'A',
      roles: ['admin'],
      expiresAt: Math.floor(Date.now() / 1_000) * 1_000 + 60_000,
    });
  });

  it('is checked once while it is valid, and not a moment longer', async () => {
    const { verify } = open();
    const token = await sign(userKey, 60);
    const first = await verify(token);
    pass(59);
    expect(await verify(token)).toBe(first);
    pass(10);
    await expect(verify(token)).rejects.toThrow('exp');
  });

  it('may come from a clock that is a little ahead', async () => {
    const token = await sign(userKey, 60);
    pass(63);
    expect(await open().verify(token)).toMatchObject({ userId: 'u-1' });
  });

  it('may be of another algorithm that is as good, from any issuer of OpenID', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'rsa' })
      .setExpirationTime('60s')
      .sign(privateKey);
    const { verify } = open(() => []);
    await expect(verify(token)).rejects.toThrow();
    const jwk = { ...(await exportJWK(publicKey)), kid: 'rsa', alg: 'RS256' };
    expect(await open(() => [jwk]).verify(token)).toMatchObject({ userId: 'u-1' });
  });

  it('of a key that is new makes the issuer be asked again, at most every ten seconds', async () => {
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
});

describe('a service’s token', () => {
  const tokens = async () => makeServiceTokens('cart', await makeSigner(cartKey));

  it('names the service, what it may do and for whom', async () => {
    const token = await (await tokens())('payment', 'pay refund', USER);
    expect(await open().verify(token)).toEqual({
      kind: 'service',
      service: 'cart',
      scopes: ['pay', 'refund'],
      actsFor: USER,
    });
  });

  it('is used again for the same callee, scope and user, and renewed in time', async () => {
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

  it('is refused when it is no token at all, as any other', async () => {
    const attempt = open().verify('worthless'); // an exception, its callers would not expect
    await expect(attempt).rejects.toThrow();
  });

  it('is nobody’s once it has ended', async () => {
    const token = await (await tokens())('payment', 'pay');
    const { verify } = open();
    await verify(token);
    pass(66);
    await expect(verify(token)).rejects.toThrow('exp');
  });

  /** Signed by a service that says what it likes: seconds from now. */
  const claiming = async (made: number, ends: number, more: object = {}): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ iss: 'service:cart', aud: 'payment', scope: 'pay', ...more })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'cart' })
      .setIssuedAt(now + made)
      .setExpirationTime(now + ends)
      .sign(await importJWK(cartKey, 'EdDSA'));
  };

  it('is believed for five minutes at most', async () => {
    const { verify } = open();
    const token = await claiming(0, 300);
    expect(await verify(token)).toMatchObject({ service: 'cart' });
    pass(306);
    await expect(verify(token)).rejects.toThrow();
    await expect(verify(await claiming(0, 301))).rejects.toThrow('lives too long');
    await expect(verify(await claiming(-310, 60))).rejects.toThrow();
  });

  it('is refused when it was not made yet, but for clocks that differ a little', async () => {
    const { verify } = open();
    expect(await verify(await claiming(4, 60))).toMatchObject({ service: 'cart' });
    await expect(verify(await claiming(30, 60))).rejects.toThrow();
  });

  it('acts for nobody but a user with an id', async () => {
    await expect(open().verify(await claiming(0, 60, { act_for: 'everybody' }))).rejects.toThrow();
  });
});

describe('a public key', () => {
  it('tells nothing of its private half', () => {
    expect(publicJwk(userKey)).not.toHaveProperty('d');
    expect(publicJwk(userKey)).toMatchObject({ kid: 'user', alg: 'EdDSA' });
  });
});
