import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookUntil } from '#test/kit/conditions.ts';
import { tokenIn } from '#test/kit/shopper.ts';
import { readFileSync } from 'node:fs';
import { closeTestShops, openTestShop, PROFILE, type TestShop } from './shop.ts';

describe(`a forgotten password on ${PROFILE}`, () => {
  let test: TestShop;

  beforeAll(async () => {
    test = await openTestShop({ LOG_LEVEL: 'trace' });
  });

  afterAll(closeTestShops);

  it('is replaced with the mailed token, which no log contains', async () => {
    const shopper = await test.shopper();
    const { body: profile } = await shopper.call('GET', `/api/v1/users/${shopper.userId}`, [200]);
    const email = profile.email as string;
    await shopper.call('POST', '/api/v1/auth/password-reset', [202], { email });
    await shopper.call('POST', '/api/v1/auth/password-reset', [202], { email: 'nobody@example.com' });

    const look = async (): Promise<string | undefined> =>
      tokenIn((await shopper.mailsTo(email)).find(({ kind }) => kind === 'user.password_reset_requested'));
    const token = await lookUntil(look, (seen) => seen !== undefined);

    const path = '/api/v1/auth/password-reset/confirm';
    await shopper.call('POST', path, [204], { token, new_password: 'a much better one' });
    await shopper.logIn(email, 'a much better one');
    await shopper.call('POST', path, [401], { token, new_password: 'and another one' });
    expect(readFileSync(test.logFile, 'utf8')).not.toContain(token);
  });
});
