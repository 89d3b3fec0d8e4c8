import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { generateKey, makeServiceTokens, makeSigner, makeVerifier, publicJwk } from './tokens.ts';
import { makeUserVerifier, ownIssuer } from './user-tokens.ts';

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
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});
const pass = (seconds: number): void => {
  jest.advanceTimersByTime(seconds * 1_000);
};

describe('a service’s token', () => {
  const tokens = async () => makeServiceTokens('cart', await makeSigner(cartKey));

  it('names the service, what it may do and for whom', async () => {
    const token = await (await tokens())('payment', 'pay refund', 'u-1');
    expect(await open().verify(token)).toEqual({
      kind: 'service',
      service: 'cart',
      scopes: ['pay', 'refund'],
      actsFor: 'u-1',
    });
  });

  it('is used again for the same callee, scope and user, and renewed in time', async () => {
    const make = await tokens();
    const first = await make('payment', 'pay');
    pass(40);
    expect(await make('payment', 'pay')).toBe(first);
    expect(await make('payment', 'refund')).not.toBe(first);
    expect(await make('order', 'pay')).not.toBe(first);
    expect(await make('payment', 'pay', 'u-1')).not.toBe(first);
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
    pass(61);
    await expect(verify(token)).rejects.toThrow('exp');
  });
});

describe('a public key', () => {
  it('tells nothing of its private half', () => {
    expect(publicJwk(userKey)).not.toHaveProperty('d');
    expect(publicJwk(userKey)).toMatchObject({ kid: 'user', alg: 'EdDSA' });
  });
});
