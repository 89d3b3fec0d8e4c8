import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import type { UserUseCases } from '../adapters/http/handlers.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeChangePassword } from '../core/application/change-password.ts';
import { makeConfirmPasswordReset } from '../core/application/confirm-password-reset.ts';
import { makeRefreshSession } from '../core/application/refresh-session.ts';
import { makeRegisterUser } from '../core/application/register-user.ts';
import type { UserTx } from '../core/ports/user-tx.ts';
import { user as userModule } from '../main/module.ts';
import { NETWORK, openParts, PASSWORD, workOff, type Parts } from './service.ts';

const ADA = {
  email: 'ada@example.com',
  password: PASSWORD,
  firstName: 'Ada',
  lastName: 'Lovelace',
  network: NETWORK,
};

let opened: Parts;
const toolbox = forEachTest(() => openToolbox('memory', userModule));
let users: UserUseCases;

const registered = async () => {
  const answer = await users.registerUser(ADA);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};

const loggedIn = async () => {
  const grant = await users.logIn(ADA);
  if (!grant.ok) throw new Error(grant.error.code);
  return grant.value;
};

const parts = () => ({
  ...opened.security,
  unitOfWork: opened.unitOfWork,
  queries: users.queries,
  ids: toolbox.ids,
  clock: toolbox.clock,
  accessMs: 5 * MINUTE,
  toWire,
});

beforeEach(async () => {
  opened = await openParts(toolbox);
  users = opened.useCases;
});

describe('the sweep', () => {
  const rows = (table: string): number => {
    if (toolbox.store.kind !== 'memory') throw new Error('this test looks into the memory store');
    return toolbox.store.database.committed.table(table).find().length;
  };

  it('keeps sessions that can be refreshed, and counters that count', async () => {
    await registered();
    await loggedIn();
    await users.logIn({ ...ADA, password: 'wrong' });
    await opened.forgetOld();
    // At the place where they have logged in, and the mail to the new address; of strangers, those that were right are counted as none.
    expect([rows('sessions'), rows('refresh_tokens'), rows('attempts')]).toEqual([1, 1, 4]);
    expect(rows('known_places')).toBe(1);
  });

  it('deletes the others', async () => {
    await registered();
    await loggedIn();
    await users.logIn({ ...ADA, password: 'wrong' });
    await users.requestPasswordReset(ADA.email);
    await workOff(toolbox);
    toolbox.clock.advance(15 * MINUTE + 1);
    await opened.forgetOld();
    expect([rows('sessions'), rows('attempts'), rows('password_resets')]).toEqual([1, 0, 1]);
    toolbox.clock.advance(15 * MINUTE);
    await opened.forgetOld();
    expect(rows('password_resets')).toBe(0);
    toolbox.clock.advance(30 * DAY);
    await opened.forgetOld();
    expect([rows('sessions'), rows('refresh_tokens'), rows('known_places')]).toEqual([0, 0, 1]);
    toolbox.clock.advance(60 * DAY);
    await opened.forgetOld();
    expect(rows('known_places')).toBe(0);
  });
});

describe('a password that is changed concurrently', () => {
  const NEW = 'another good one';
  const command = (userId: string) => ({
    userId,
    currentPassword: PASSWORD,
    newPassword: NEW,
    sessionId: undefined,
    network: NETWORK,
  });

  /** Hashing takes so long that `meanwhile` happens. */
  const slowly = (meanwhile: () => Promise<unknown>) => {
    const { passwords } = opened.security;
    return {
      ...passwords,
      hash: async (password: string) => {
        await meanwhile();
        return passwords.hash(password);
      },
    };
  };

  it('is the one of the faster change', async () => {
    const { userId } = await registered();
    const user = await users.queries.find(userId);
    if (!user) throw new Error('no user');
    const quicker = { ...command(userId), newPassword: 'the quicker one' };
    const late = makeChangePassword({
      ...parts(),
      provePassword: () =>
        Promise.resolve({
          ok: true,
          value: { user, place: { email: user.email, network: NETWORK, isKnown: true } },
        }),
      passwords: slowly(() => users.changePassword(quicker)),
    });
    expect(await late(command(userId))).toMatchObject({ error: { code: 'WRONG_PASSWORD' } });
    expect((await users.logIn({ ...ADA, password: 'the quicker one' })).ok).toBe(true);
  });

  it('is the one of the faster reset', async () => {
    await registered();
    await users.requestPasswordReset(ADA.email);
    await workOff(toolbox);
    const payload = (await toolbox.announced()).at(-1)?.payload;
    const token = payload && 'token' in payload ? payload.token : '';
    const reset = { token, newPassword: NEW, network: NETWORK };
    const passwords = slowly(() => users.confirmPasswordReset({ ...reset, newPassword: 'the quicker one' }));
    const late = makeConfirmPasswordReset({ ...parts(), passwords });
    expect(await late(reset)).toMatchObject({ error: { code: 'INVALID_RESET_TOKEN' } });
    expect((await users.logIn({ ...ADA, password: 'the quicker one' })).ok).toBe(true);
  });
});

describe('an account that is deleted meanwhile', () => {
  /** Units that find no user, whatever there is. */
  const withoutUsers = () => {
    const { unitOfWork } = opened;
    return {
      run: <T>(work: (tx: UserTx) => Promise<T>): Promise<T> =>
        unitOfWork.run((tx) =>
          work({ ...tx, users: { ...tx.users, find: () => Promise.resolve(undefined) } }),
        ),
    };
  };

  it('has no sessions to refresh', async () => {
    await registered();
    const { refreshToken } = await loggedIn();
    const { secrets } = opened.security;
    const refresh = makeRefreshSession(
      withoutUsers(),
      () => Promise.reject(new Error('no access token is issued')),
      secrets,
      toolbox.clock,
      { idle: DAY, absolute: DAY },
      MINUTE,
      toWire,
    );
    expect(await refresh(refreshToken)).toMatchObject({ error: { code: 'INVALID_REFRESH_TOKEN' } });
  });

  it('has no password to change', async () => {
    const { userId } = await registered();
    const user = await users.queries.find(userId);
    if (!user) throw new Error('no user');
    const change = makeChangePassword({
      ...parts(),
      unitOfWork: withoutUsers(),
      provePassword: () =>
        Promise.resolve({
          ok: true,
          value: { user, place: { email: user.email, network: NETWORK, isKnown: true } },
        }),
    });
    const command = {
      userId,
      currentPassword: PASSWORD,
      newPassword: 'another good one',
      sessionId: undefined,
      network: NETWORK,
    };
    expect(await change(command)).toMatchObject({ error: { code: 'USER_NOT_FOUND' } });
  });

  it('is not revealed to a caller who repeats its registration', async () => {
    const key = { principal: 'guest', operation: 'registerUser', key: 'the-only-one', fingerprint: 'same' };
    expect((await users.registerUser(ADA, key)).ok).toBe(true);
    const register = makeRegisterUser({
      ...parts(),
      unitOfWork: withoutUsers(),
      mailProof: () => Promise.resolve(),
    });
    expect(await register(ADA, key)).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });
});
