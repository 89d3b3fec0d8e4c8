import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookUntil } from '#test/kit/conditions.ts';
import { tokenIn, type ReceivedMail } from '#test/kit/shopper.ts';
import { closeTestShops, openTestShop, PROFILE, type TestShop } from './shop.ts';

describe(`an e-mail address on ${PROFILE}`, () => {
  let test: TestShop;

  beforeAll(async () => {
    test = await openTestShop({ LOG_LEVEL: 'trace' });
  });

  afterAll(closeTestShops);

  it('is proven with mailed tokens, also a new one, and the previous one gets a last mail', async () => {
    const shopper = await test.shopper();
    const account = `/api/v1/users/${shopper.userId}`;
    const { body: profile } = await shopper.call('GET', account, [200]);
    const [email, moved] = [profile.email as string, `moved-${profile.email as string}`];
    const mailTo = async (address: string, subject: string): Promise<ReceivedMail | undefined> => {
      const look = async (): Promise<ReceivedMail | undefined> =>
        (await shopper.mailsTo(address)).find((mail) => mail.subject === subject);
      return lookUntil(look, (mail) => mail !== undefined);
    };
    const confirm = async (address: string): Promise<string> => {
      const token = tokenIn(await mailTo(address, 'Confirm your e-mail address')) ?? '';
      await shopper.call('POST', '/api/v1/auth/email/confirm', [204], { token });
      await shopper.call('POST', '/api/v1/auth/email/confirm', [401], { token });
      return token;
    };

    const first = await confirm(email);
    expect((await mailTo(email, 'Welcome, Sam'))?.text).toContain(email);
    expect((await shopper.call('GET', account, [200])).body).toMatchObject({ email_verified: true });

    const password = `a-long-password-${/\d+/.exec(email)?.[0] ?? ''}`;
    const change = { new_email: moved, current_password: password };
    await shopper.call('POST', `${account}/email`, [202], change);
    await mailTo(email, 'A new e-mail address for your account');
    const second = await confirm(moved);
    await mailTo(email, 'Your account has a new e-mail address');
    await shopper.logIn(moved, password);
    expect((await shopper.call('GET', account, [200])).body).toMatchObject({ email: moved });
    const log = readFileSync(test.logFile, 'utf8');
    for (const token of [first, second]) expect(log).not.toContain(token);
  });
});
