import { afterEach, describe, expect, it } from 'vitest';
import { Metrics } from '#adapters/observability/metrics.ts';
import type { Attachment, Composition } from '#adapters/service/module.ts';
import { openToolbox, type TestToolbox } from '#test/kit/toolbox.ts';
import type { User } from '../core/domain/user.ts';
import { user } from '../main/module.ts';
import { CHEAP, PASSWORD } from './service.ts';

const ADMIN = {
  email: 'Admin@example.com',
  password: PASSWORD,
  first_name: 'Grace',
  last_name: 'Hopper',
  roles: ['admin'],
};

const running: Attachment[] = [];
afterEach(async () => {
  for (const attachment of running.splice(0)) await attachment.stop();
});

/** Starts the service on what is kept in `toolbox`. */
const start = async (toolbox: TestToolbox, accounts: unknown): Promise<void> => {
  const env = { ...CHEAP, USER_ACCOUNTS: typeof accounts === 'string' ? accounts : JSON.stringify(accounts) };
  const { attachments = [] }: Composition = await user.compose({
    ...toolbox,
    metrics: new Metrics('user'),
    env,
  });
  for (const attachment of attachments) {
    running.push(attachment);
    await attachment.start();
  }
};

const kept = ({ store }: TestToolbox): User[] => {
  if (store.kind !== 'memory') throw new Error('this test looks into the memory store');
  return store.database.committed.table<User>('users').find();
};

describe('accounts from configuration', () => {
  it('are created at the start, without a welcome mail', async () => {
    const toolbox = await openToolbox('memory', user);
    await start(toolbox, [ADMIN, { ...ADMIN, email: 'other@example.com', roles: ['customer'] }]);
    expect(kept(toolbox)).toMatchObject([
      { email: 'admin@example.com', firstName: 'Grace', lastName: 'Hopper', roles: ['admin'], version: 1 },
      { email: 'other@example.com', roles: ['customer'] },
    ]);
    expect((await toolbox.announced()).map(({ event_type }) => event_type)).toEqual([
      'user.profile.updated',
      'user.profile.updated',
    ]);
  });

  it('are unchanged by a start with the same configuration, even their hashes', async () => {
    const toolbox = await openToolbox('memory', user);
    await start(toolbox, [ADMIN]);
    const before = kept(toolbox);
    await start(toolbox, [ADMIN]);
    expect(kept(toolbox)).toEqual(before);
  });

  it('are updated by the next start', async () => {
    const toolbox = await openToolbox('memory', user);
    await start(toolbox, [ADMIN]);
    const [before] = kept(toolbox);
    await start(toolbox, [{ ...ADMIN, password: 'another good one', roles: ['admin', 'moderator'] }]);
    const [after] = kept(toolbox);
    expect(after).toMatchObject({ roles: ['admin', 'moderator'], version: 2, credentials: 2 });
    expect(after?.passwordHash).not.toBe(before?.passwordHash);
    expect((await toolbox.announced()).at(-1)).toMatchObject({
      event_type: 'user.access_revoked',
      payload: { user_id: after?.userId },
    });
  });

  it.each([
    ['is not JSON', 'no json'],
    ['has an unknown role', [{ ...ADMIN, roles: ['emperor'] }]],
    ['lacks a name', [{ ...ADMIN, first_name: undefined }]],
    ['has a weak password', [{ ...ADMIN, password: 'password1234' }]],
    ['has a name that is none', [{ ...ADMIN, last_name: 'evil.example' }]],
  ])('fail the start if one %s', async (_, accounts) => {
    const toolbox = await openToolbox('memory', user);
    await expect(start(toolbox, accounts)).rejects.toThrow('USER_ACCOUNTS');
  });
});
