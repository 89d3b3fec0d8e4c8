import { describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { openGateway } from './stub.ts';

const gateway = forEachTest(() => openGateway({ GATEWAY_RATE_AUTH: '2', GATEWAY_TRUST_PROXY: '1' }));

/** Signs in from each address in turn; returns the statuses. */
const logIn = async (...from: readonly string[]): Promise<number[]> => {
  const answers: number[] = [];
  for (const address of from) {
    const headers = { 'x-forwarded-for': address };
    answers.push((await gateway.send('POST', '/api/v1/login', { headers })).status);
  }
  return answers;
};

describe('a rate limit', () => {
  it('cannot be bypassed with a forged address', async () => {
    const claims = ['192.0.2.1, 203.0.113.7', '192.0.2.2, 203.0.113.7', '192.0.2.3, 203.0.113.7'];
    expect(await logIn(...claims)).toEqual([200, 200, 429]);
  });

  it('cannot be bypassed with another address of the same network', async () => {
    expect(await logIn('2001:db8::1', '2001:db8::2', '2001:db8:0:0:ffff::3')).toEqual([200, 200, 429]);
    expect(await logIn('2001:db8:0:1::1')).toEqual([200]);
    expect(await logIn('203.0.113.7', '::ffff:203.0.113.7', '203.0.113.7')).toEqual([200, 200, 429]);
    expect(await logIn('203.0.113.8')).toEqual([200]);
  });

  it('cannot be bypassed with tokens, invalid or many', async () => {
    const send = async (token: string): Promise<number> =>
      (await gateway.send('POST', '/api/v1/login', { token })).status;
    expect(await send('nonsense')).toBe(200);
    expect(await send(await gateway.userToken())).toBe(200);
    expect(await send('nonsense')).toBe(429);
    expect(await send(await gateway.userToken())).toBe(429);
  });
});
