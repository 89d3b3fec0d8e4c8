import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import type { TestService } from '#test/kit/http.ts';
import { logIn, openUserService, PASSWORD, registered } from './service.ts';

let service: TestService;
beforeEach(async () => {
  service = await openUserService();
});

const ADA = 'ada@example.com';
const HOME = '198.51.100.1';
/** A network of its own for each number. */
const network = (number: number): string => `203.0.113.${number}`;

const guess = async (email: string, times: number, address: string): Promise<number[]> => {
  const answers: number[] = [];
  for (let count = 0; count < times; count += 1)
    answers.push((await logIn(service, email, 'wrong', address)).status);
  return answers;
};

describe('guessing passwords', () => {
  it.each([ADA, 'nobody@example.com'])(
    'of %s ends after ten from one network, for the rest of the 15 minutes',
    async (email) => {
      await registered(service);
      expect(await guess(email, 10, HOME)).toEqual(Array(10).fill(401));
      service.toolbox.clock.advance(5 * MINUTE);
      const locked = await logIn(service, email, PASSWORD, HOME);
      expect([locked.status, locked.body.code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
      expect(locked.headers.get('retry-after')).toBe('600');
      service.toolbox.clock.advance(10 * MINUTE);
      expect((await logIn(service, email, PASSWORD, HOME)).status).toBe(email === ADA ? 200 : 401);
    },
  );

  it('does not lock out the owner, neither at a known place nor at a new one', async () => {
    await registered(service);
    await logIn(service, ADA, PASSWORD, HOME);
    for (let attacker = 1; attacker <= 60; attacker += 1) await guess(ADA, 1, network(attacker));
    expect(await guess(ADA, 9, HOME)).toEqual(Array(9).fill(401)); // as many as ever
    expect((await logIn(service, ADA, PASSWORD, HOME)).status).toBe(200);
    expect((await logIn(service, ADA, PASSWORD, '192.0.2.1')).status).toBe(200);
  });

  it('does not lock out an owner whose network guesses as well, if the device is known', async () => {
    await registered(service);
    const { body } = await logIn(service, ADA, PASSWORD, HOME);
    const device = String(body.device_token);
    for (const shared of [HOME, network(1)]) {
      await guess(ADA, 11, shared);
      expect((await logIn(service, ADA, PASSWORD, shared)).status).toBe(429);
      const owner = await logIn(service, ADA, PASSWORD, shared, device);
      expect(owner.status).toBe(200);
      expect((await logIn(service, ADA, PASSWORD, shared, String(owner.body.device_token))).status).toBe(200);
      expect((await logIn(service, ADA, PASSWORD, shared)).status).toBe(429); // the guesses still count
    }
    await registered(service, 'eve@example.com');
    await guess('eve@example.com', 10, network(2));
    expect((await logIn(service, 'eve@example.com', PASSWORD, network(2), device)).status).toBe(429);
  });

  it('with a known device ends after ten as well', async () => {
    await registered(service);
    const { body } = await logIn(service, ADA, PASSWORD, HOME);
    const wrong = () => logIn(service, ADA, 'wrong', HOME, String(body.device_token));
    for (let count = 0; count < 10; count += 1) expect((await wrong()).status).toBe(401);
    expect((await wrong()).status).toBe(429);
    expect((await logIn(service, ADA, PASSWORD, HOME)).status).toBe(200);
  });

  it('is limited more for unknown networks if many networks try one account', async () => {
    await registered(service);
    for (let attacker = 1; attacker <= 10; attacker += 1) await guess(ADA, 3, network(attacker));
    expect(await guess(ADA, 4, network(99))).toEqual([401, 401, 401, 429]);
    expect((await logIn(service, 'other@example.com', 'wrong', network(99))).status).toBe(401);
  });

  it('with one password at many accounts ends after a hundred from one network', async () => {
    service = await openUserService({ USER_GUESSES_PER_NETWORK: '20' });
    await registered(service);
    await logIn(service, ADA, PASSWORD, HOME);
    for (let account = 0; account < 20; account += 1)
      expect(await guess(`user-${account}@example.com`, 1, HOME)).toEqual([401]);
    expect(await guess('one-more@example.com', 1, HOME)).toEqual([429]);
    expect((await logIn(service, ADA, PASSWORD, HOME)).status).toBe(200); // known there
    expect(await guess('one-more@example.com', 1, network(1))).toEqual([401]);
  });

  it('counts an IPv6 network of 64 bits as one', async () => {
    await guess(ADA, 10, '2001:db8:1:2::1');
    expect(await guess(ADA, 1, '2001:db8:1:2:ffff::9')).toEqual([429]);
    expect(await guess(ADA, 1, '2001:db8:1:3::1')).toEqual([401]);
  });

  it('is forgotten after a correct one: logins do not lock a shared network', async () => {
    service = await openUserService({ USER_GUESSES_PER_NETWORK: '5' });
    await registered(service);
    for (let round = 0; round < 2; round += 1) {
      await guess(ADA, 9, '127.0.0.1');
      expect((await logIn(service, ADA)).status).toBe(200);
    }
    for (let person = 0; person < 6; person += 1) {
      const { token } = await registered(service, `person-${person}@example.com`);
      expect(token).not.toBe('undefined');
    }
  });

  it('is logged with the account’s digest and the address, never with the input', async () => {
    const { userId } = await registered(service);
    await guess(ADA, 11, HOME);
    const [right, ...others] = service.toolbox.noted;
    expect(right).toEqual({
      event: 'login_succeeded',
      actor: `user:${userId}`,
      address: '127.0.0.1',
      operation: 'logIn',
    });
    expect(others.map(({ event }) => event)).toEqual([
      ...Array<string>(10).fill('login_failed'),
      'login_throttled',
    ]);
    expect(others.at(-1)).toEqual({
      event: 'login_throttled',
      address: HOME,
      operation: 'logIn',
      details: { account: expect.stringMatching(/^[\w-]{16}$/) },
    });
    expect(JSON.stringify(others)).not.toMatch(/ada@|wrong/);
  });
});
