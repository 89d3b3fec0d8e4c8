import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Container } from 'inversify';
import { closeDatabase, openToolbox, type TestToolbox } from '#test/kit/toolbox.ts';
import { MOST_ATTEMPTS } from '../core/domain/attempts.ts';
import type { UserUseCases } from '../adapters/http/handlers.ts';
import { adapters } from '../main/adapters.ts';
import { application, UseCases } from '../main/application.ts';
import { readUserConfig } from '../main/config.ts';
import { user as userModule } from '../main/module.ts';
import { CHEAP, PASSWORD } from './service.ts';

const ADA = { email: 'ada@example.com', password: PASSWORD, firstName: 'Ada', lastName: 'Lovelace' };

const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

afterAll(closeDatabase);

describe('at the same time', () => {
  let toolbox: TestToolbox;
  let users: UserUseCases;

  beforeEach(async () => {
    toolbox = await openToolbox('postgres', userModule);
    const config = readUserConfig(CHEAP);
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(...adapters(toolbox, config), application(toolbox, config));
    users = await container.getAsync(UseCases);
  });

  it('one of many opens an account with an e-mail address', async () => {
    const answers = await times(10, () => users.registerUser(ADA));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('EMAIL_TAKEN');
    expect(await toolbox.announced()).toHaveLength(1);
  });

  it('a guesser gets ten tries, however many are sent', async () => {
    await users.registerUser(ADA);
    const answers = await times(30, (index) => users.logIn({ email: ADA.email, password: `guess ${index}` }));
    const codes = answers.map((answer) => (answer.ok ? 'in' : answer.error.code));
    expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(MOST_ATTEMPTS);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(20);
  });

  it('a refresh token is exchanged once, and its session ends', async () => {
    await users.registerUser(ADA);
    const grant = await users.logIn(ADA);
    if (!grant.ok) throw new Error(grant.error.code);
    const answers = await times(5, () => users.refreshSession(grant.value.refreshToken));
    const exchanged = answers.filter((answer) => answer.ok);
    expect(exchanged).toHaveLength(1);
    for (const { value } of exchanged)
      expect(await users.refreshSession(value.refreshToken)).toMatchObject({
        error: { code: 'INVALID_REFRESH_TOKEN' },
      });
  });

  it('a token sets one new password', async () => {
    await users.registerUser(ADA);
    await users.requestPasswordReset(ADA.email);
    const payload = (await toolbox.announced()).at(-1)?.payload;
    const token = payload && 'token' in payload ? payload.token : '';
    const answers = await times(5, (index) => users.confirmPasswordReset(token, `a good password ${index}`));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('INVALID_RESET_TOKEN');
    const winner = answers.findIndex(({ ok }) => ok);
    expect((await users.logIn({ ...ADA, password: `a good password ${winner}` })).ok).toBe(true);
  });

  it('addresses are added one after the other, none lost', async () => {
    const opened = await users.registerUser(ADA);
    if (!opened.ok) throw new Error(opened.error.code);
    const { userId } = opened.value;
    const postal = {
      recipient: 'Ada',
      line1: '12 Square',
      city: 'London',
      postalCode: 'SW1Y',
      country: 'GB',
    };
    const draft = { postal, defaultShipping: true, defaultBilling: false };
    const added = await times(4, () => users.addAddress(userId, draft));
    expect(added.every(({ ok }) => ok)).toBe(true);
    const book = (await users.queries.find(userId))?.addresses ?? [];
    expect(book).toHaveLength(4);
    expect(book.filter(({ defaultShipping }) => defaultShipping)).toHaveLength(1);
  });
});
