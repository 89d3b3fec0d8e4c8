import { describe } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { openUserService, registered, registration, workOff } from '../service.ts';

describe('the user service', () => {
  const service = forEachTest(() => openUserService());

  keepsItsContracts('user', () => ({
    events: announcing(service.toolbox.announced, {
      'user.registered': () => registered(service),
      'user.access_revoked': async () => {
        const { refreshToken } = await registered(service, 'leaving@example.com');
        await service.send('POST', '/api/v1/auth/logout', { body: { refresh_token: refreshToken } });
      },
      'user.registration_repeated': async () => {
        const { email } = await registered(service, 'twice@example.com');
        await service.send('POST', '/api/v1/users', { body: registration(email) });
      },
      'user.password_reset_requested': async () => {
        const { email } = await registered(service, 'forgetful@example.com');
        await service.send('POST', '/api/v1/auth/password-reset', { body: { email } });
        await workOff(service.toolbox);
      },
    }),
  }));
});
