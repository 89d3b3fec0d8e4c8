import { describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { DAY } from '#kernel/clock.ts';
import { user } from '../main/module.ts';
import { logIn, openUserService, registered, workOff } from './service.ts';

describe('the sweep of the user service', () => {
  const service = forEachTest(() => openUserService());

  const rows = (): readonly number[] => {
    const { store } = service.toolbox;
    if (store.kind !== 'memory') throw new Error('this test looks into the memory store');
    const { committed } = store.database;
    return ['sessions', 'refresh_tokens', 'password_resets', 'attempts'].map(
      (table) => committed.table(table).find().length,
    );
  };

  it('deletes expired sessions, resets and attempts, and no others', async () => {
    const { email } = await registered(service);
    await service.send('POST', '/api/v1/auth/password-reset', { body: { email } });
    await logIn(service, email, 'wrong');
    await workOff(service.toolbox);
    const before = rows();
    expect(before).not.toContain(0);
    const { sweeps = [] } = await user.compose(service.toolbox);
    const sweep = async (): Promise<void> => {
      for (const one of sweeps) await one.sweep(service.toolbox.clock.now());
    };
    await sweep();
    expect(rows()).toEqual(before);
    service.toolbox.clock.advance(31 * DAY);
    await sweep();
    expect(rows()).toEqual([0, 0, 0, 0]);
  });
});
