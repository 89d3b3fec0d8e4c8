import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { GUESS_LIMITS } from '../core/domain/attempts.ts';
import type { UserUseCases } from '../adapters/http/handlers.ts';
import { user as userModule } from '../main/module.ts';
import { softAuthenticator } from './soft-authenticator.ts';
import { codeOf, NETWORK, openParts, PASSWORD, workOff } from './service.ts';

const ADA = {
  email: 'ada@example.com',
  password: PASSWORD,
  firstName: 'Ada',
  lastName: 'Lovelace',
  network: NETWORK,
};

const ELSEWHERE = '198.51.100.1';

const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('at the same time', () => {
  const toolbox = forEachTest(() => openToolbox('postgres', userModule));
  let users: UserUseCases;

  beforeEach(async () => {
    ({ useCases: users } = await openParts(toolbox));
  });

  it('one of many registrations opens an account for an e-mail address', async () => {
    const answers = await times(10, () => users.registerUser(ADA));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const types = (await toolbox.announced()).map(({ event_type }) => event_type);
    expect(types.filter((type) => type === 'user.registered')).toHaveLength(1);
    expect(types.filter((type) => type === 'user.email_verification_requested')).toHaveLength(3);
  });

  it('one network gets ten attempts, however many are sent', async () => {
    await users.registerUser(ADA);
    const answers = await times(30, (index) => users.logIn({ ...ADA, password: `guess ${index}` }));
    const codes = answers.map((answer) => (answer.ok ? 'in' : answer.error.code));
    expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(GUESS_LIMITS.place);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(20);
  });

  it('attempts from many networks are all checked, without deadlocks', async () => {
    await users.registerUser(ADA);
    const answers = await times(40, (index) =>
      users.logIn({ ...ADA, password: 'a guess', network: `203.0.113.${index}` }),
    );
    const codes = answers.map((answer) => (answer.ok ? 'in' : answer.error.code));
    expect(codes.every((code) => code === 'INVALID_CREDENTIALS')).toBe(true);
  });

  it('a signed challenge of a passkey logs in once', async () => {
    const account = await users.registerUser(ADA);
    if (!account.ok) throw new Error(account.error.code);
    const { userId } = account.value;
    const who = { userId, sessionId: undefined };
    const authenticator = softAuthenticator();
    const begun = await users.beginPasskey(who);
    if (!begun.ok) throw new Error(begun.error.code);
    const created = authenticator.create(begun.value.challenge);
    await users.confirmPasskey(who, { name: 'Phone', challenge: begun.value.challenge, response: created });
    const { challenge } = await users.beginPasskeyLogin();
    const response = authenticator.sign(challenge, { userId, isVerified: true });
    const answers = await times(5, (index) =>
      users.logInWithPasskey({ challenge, response, device: '', network: `203.0.113.${index}` }),
    );
    const codes = answers.map((answer) => (answer.ok ? 'in' : answer.error.code));
    expect(codes.sort()).toEqual([...Array<string>(4).fill('INVALID_CHALLENGE'), 'in']);
  });

  it('a refresh token has one successor, however often it is exchanged at once', async () => {
    await users.registerUser(ADA);
    const grant = await users.logIn(ADA);
    if (!grant.ok) throw new Error(grant.error.code);
    const answers = await times(5, () => users.refreshSession(grant.value.refreshToken));
    const successors = answers.map((answer) => (answer.ok ? answer.value.refreshToken : answer.error.code));
    expect(new Set(successors).size).toBe(1);
    expect(await users.refreshSession(successors[0] ?? '')).toMatchObject({ ok: true });
  });

  it('a token sets one new password', async () => {
    await users.registerUser(ADA);
    await users.requestPasswordReset(ADA.email);
    await workOff(toolbox);
    const payload = (await toolbox.announced()).at(-1)?.payload;
    const token = payload && 'token' in payload ? payload.token : '';
    const answers = await times(5, (index) =>
      users.confirmPasswordReset({ token, newPassword: `a good password ${index}`, network: NETWORK }),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('INVALID_RESET_TOKEN');
    const winner = answers.findIndex(({ ok }) => ok);
    expect((await users.logIn({ ...ADA, password: `a good password ${winner}` })).ok).toBe(true);
  });

  /** An account with an authenticator app, and challenges of that many logins. */
  const challenged = async (count: number) => {
    const opened = await users.registerUser(ADA);
    const userId = opened.ok ? opened.value.userId : '';
    // From known networks, which count separately and so do not wait for each other.
    for (const network of [NETWORK, ELSEWHERE]) await users.logIn({ ...ADA, network });
    const who = { userId, sessionId: undefined };
    const begun = await users.beginTotp(who);
    const secret = begun.ok ? begun.value.secret : '';
    const confirmed = await users.confirmTotp(who, codeOf(secret, toolbox.clock.now()));
    if (!confirmed.ok) throw new Error(confirmed.error.code);
    toolbox.clock.advance(MINUTE);
    const refusals = await times(count, () => users.logIn(ADA));
    const challenges = refusals.map((answer) =>
      !answer.ok && 'challenge' in answer.error ? answer.error.challenge : '',
    );
    return { challenges, code: codeOf(secret, toolbox.clock.now()), recoveryCodes: confirmed.value };
  };
  const codesOf = (answers: Awaited<ReturnType<UserUseCases['proveSecondFactor']>>[]): string[] =>
    answers.map((answer) => (answer.ok ? 'in' : answer.error.code)).sort();

  it('a code completes one of several logins, and so does a recovery code', async () => {
    const { challenges, code, recoveryCodes } = await challenged(4);
    const [first = '', second = '', third = '', fourth = ''] = challenges;
    const both = (here: string, there: string, one = '') =>
      Promise.all([
        users.proveSecondFactor({ challenge: here, code: one, network: NETWORK }),
        users.proveSecondFactor({ challenge: there, code: one, network: ELSEWHERE }),
      ]);
    expect(codesOf(await both(first, second, code))).toEqual(['WRONG_CODE', 'in']);
    expect(codesOf(await both(third, fourth, recoveryCodes[0]))).toEqual(['WRONG_CODE', 'in']);
  });

  it('a challenge completes one login, and gets five tries', async () => {
    const { challenges, recoveryCodes } = await challenged(2);
    const prove = (challenge = '', code = '000000') =>
      users.proveSecondFactor({ challenge, code, network: NETWORK });
    const [once, guessed] = challenges;
    const both = await times(2, (index) => prove(once, recoveryCodes[index]));
    expect(codesOf(both)).toEqual(['INVALID_CHALLENGE', 'in']);
    const answers = await times(7, () => prove(guessed));
    expect(codesOf(answers)).toEqual([...Array<string>(2).fill('INVALID_CHALLENGE'), ...Array<string>(5).fill('WRONG_CODE')]); // prettier-ignore
  });

  it('addresses are added in sequence, and none is lost', async () => {
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
