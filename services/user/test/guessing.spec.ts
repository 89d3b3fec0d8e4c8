import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import type { TestService } from '#test/kit/http.ts';
import {
  ERASING,
  logIn,
  mailedTo,
  openUserService,
  PASSWORD,
  proven,
  registered,
  resetToken,
  workOff,
} from './service.ts';

let service: TestService;
beforeEach(async () => {
  service = await openUserService({}, ERASING);
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

  describe('with a known device', () => {
    /** An account that is locked for all who come from this network. */
    const SHARED = network(7);
    const isKnown = async (deviceToken: string, email = ADA, password = PASSWORD): Promise<boolean> => {
      await guess(email, 11, SHARED);
      const { status } = await logIn(service, email, password, SHARED, deviceToken);
      expect([200, 429]).toContain(status);
      return status === 200;
    };
    /** An owner with two known devices. */
    const twoDevices = async () => {
      const owner = await proven(service);
      const [phone, laptop] = [
        (await logIn(service, ADA, PASSWORD, HOME)).body,
        (await logIn(service, ADA, PASSWORD, HOME)).body,
      ];
      const device = String(laptop.device_token);
      return { owner, phone: String(phone.device_token), laptop: { ...laptop, device } };
    };
    const sendAs = (token: string, device: string | undefined, method: string, path: string, body?: object) =>
      service.send(method, `/api/v1${path}`, {
        ...(token === '' ? {} : { token }),
        ...(body === undefined ? {} : { body }),
        headers: device === undefined ? {} : { 'device-token': device },
      });
    const NEW = 'a password that is new';

    it('is no longer known after a change of the password, except for the one at hand', async () => {
      const { owner, phone, laptop } = await twoDevices();
      const body = { current_password: PASSWORD, new_password: NEW };
      const path = `/users/${owner.userId}/password`;
      const { status, headers } = await sendAs(laptop.access_token, laptop.device, 'POST', path, body);
      expect(status).toBe(204);
      const renewed = headers.get('device-token') ?? '';
      for (const old of [phone, laptop.device]) expect(await isKnown(old, ADA, NEW)).toBe(false);
      expect(await isKnown(renewed, ADA, NEW)).toBe(true);
      expect(renewed.split('.')[0]).toBe(laptop.device.split('.')[0]);
    });

    it('is known from a change of the password on, like from a login', async () => {
      const { owner, laptop } = await twoDevices();
      const body = { current_password: PASSWORD, new_password: NEW };
      const path = `/users/${owner.userId}/password`;
      const { headers } = await sendAs(laptop.access_token, undefined, 'POST', path, body);
      expect(await isKnown(headers.get('device-token') ?? '', ADA, NEW)).toBe(true);
    });

    it('is no longer known after a reset of the password, except for the one that shows its token', async () => {
      const { phone, laptop } = await twoDevices();
      const reset = async (device?: string) => {
        const body = { token: await resetToken(service, ADA), new_password: NEW };
        return sendAs('', device, 'POST', '/auth/password-reset/confirm', body);
      };
      const { status, headers } = await reset(laptop.device);
      expect(status).toBe(204);
      const renewed = headers.get('device-token') ?? '';
      for (const old of [phone, laptop.device]) expect(await isKnown(old, ADA, NEW)).toBe(false);
      expect(await isKnown(renewed, ADA, NEW)).toBe(true);
      for (const unknown of [undefined, phone])
        expect((await reset(unknown)).headers.get('device-token')).toBeNull();
    });

    it('is no longer known after a logout everywhere else, except for the one that shows its token', async () => {
      const { owner, phone, laptop } = await twoDevices();
      const end = (device?: string) =>
        sendAs(laptop.access_token, device, 'DELETE', `/users/${owner.userId}/sessions`);
      expect((await end()).headers.get('device-token')).toBeNull();
      expect(await isKnown(phone)).toBe(false);
      const again = String((await logIn(service, ADA, PASSWORD, HOME)).body.device_token);
      const renewed = (await end(again)).headers.get('device-token') ?? '';
      expect(await isKnown(again)).toBe(false);
      expect(await isKnown(renewed)).toBe(true);
      const admin = await service.toolbox.tokenOf('0190a000-0000-7000-8000-0000000000ad', 'admin');
      const byAdmin = await sendAs(admin, renewed, 'DELETE', `/users/${owner.userId}/sessions`);
      expect([byAdmin.status, byAdmin.headers.get('device-token')]).toEqual([204, null]);
      expect(await isKnown(renewed)).toBe(false);
    });

    it('is no longer known after a change of the e-mail address', async () => {
      const { owner, laptop } = await twoDevices();
      const moved = 'ada@example.org';
      const body = { new_email: moved, current_password: PASSWORD };
      await sendAs(laptop.access_token, undefined, 'POST', `/users/${owner.userId}/email`, body);
      await sendAs('', undefined, 'POST', '/auth/email/confirm', { token: await mailedTo(service, moved) });
      expect(await isKnown(laptop.device, moved)).toBe(false);
    });

    it('is unknown to a later account with the address of one that was erased', async () => {
      const { owner, laptop } = await twoDevices();
      const body = { current_password: PASSWORD };
      await sendAs(laptop.access_token, undefined, 'POST', `/users/${owner.userId}/erasure`, body);
      await workOff(service.toolbox);
      const fresh = await registered(service, ADA);
      expect(fresh.userId).not.toBe(owner.userId);
      expect(await isKnown(laptop.device)).toBe(false);
    });

    it('stays known after a step-up, a login or a logout', async () => {
      const { laptop } = await twoDevices();
      await sendAs(laptop.access_token, undefined, 'POST', '/auth/step-up', { password: PASSWORD });
      await sendAs('', undefined, 'POST', '/auth/logout', { refresh_token: laptop.refresh_token });
      expect(await isKnown(laptop.device)).toBe(true);
    });
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
