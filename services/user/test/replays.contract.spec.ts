import { describe, expect, it } from 'vitest';
import { SECOND } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { lettersOf, openTestService, type Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { user as module } from '../main/module.ts';
import { CHEAP, logIn, PASSWORD, registration } from './service.ts';

const KEY = { 'idempotency-key': 'the-only-one' };
const NEW_PASSWORD = 'another good one';

describe.each(STORES)('a registration repeated under its Idempotency-Key in %s', (store) => {
  const service = forEachTest(() => openTestService(store, module, { env: CHEAP }));

  const register = (changes: object = {}): Promise<Answered> =>
    service.send('POST', '/api/v1/users', {
      headers: KEY,
      body: { ...registration('ada@example.com'), ...changes },
    });

  const pathOf = ({ body }: Answered): string => `/api/v1/users/${String(body.user_id)}`;
  const tokenOf = ({ body }: Answered): Promise<string> => service.toolbox.tokenOf(body.user_id, 'customer');

  const changePassword = async (first: Answered): Promise<void> => {
    const changed = await service.send('POST', `${pathOf(first)}/password`, {
      token: await tokenOf(first),
      body: { current_password: PASSWORD, new_password: NEW_PASSWORD },
    });
    expect(changed.status).toBe(204);
  };

  it('returns the original profile, even if it was changed since', async () => {
    const first = await register();
    service.toolbox.clock.advance(SECOND);
    const body = { first_name: 'Augusta', last_name: 'King' };
    const renamed = await service.send('PUT', pathOf(first), { token: await tokenOf(first), body });
    expect(renamed).toMatchObject({ status: 200, body: { version: 2, first_name: 'Augusta' } });
    expect(lettersOf(await register())).toEqual(lettersOf(first));
  });

  it('with another password is refused', async () => {
    await register();
    expect(await register({ password: NEW_PASSWORD })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('with an outdated password is refused: it proves nothing', async () => {
    const first = await register();
    await changePassword(first);
    expect((await logIn(service, 'ada@example.com', NEW_PASSWORD)).status).toBe(200);
    expect(await register()).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('with the current password returns the original profile', async () => {
    const first = await register();
    await changePassword(first);
    expect(lettersOf(await register({ password: NEW_PASSWORD }))).toEqual(lettersOf(first));
  });
});
