import { describe } from 'vitest';
import type { CallAnswer, ServiceClient } from '#adapters/http/client.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { HOLDERS } from '../../adapters/clients/holders.http.ts';
import { AVATAR, mediaWith } from '../avatars.rig.ts';
import { tokenOf, type PaymentMethod } from '../../core/domain/wallet.ts';
import {
  enrolled,
  mailedTo,
  openParts,
  openUserService,
  PASSWORD,
  proven,
  registered,
  registration,
  workOff,
  type Registered,
} from '../service.ts';
import { aPaymentMethod, aUser } from '../user.mother.ts';

describe('the user service', () => {
  const kept = [{ kind: 'orders', count: 2, reason: 'bookkeeping' }];
  const holder: ServiceClient = () =>
    Promise.resolve({ status: 200, body: { done: true, erased: [], kept } });
  const payment: ServiceClient = (call) =>
    call.path === '/internal/v1/payment-tokens' ? Promise.resolve(issued) : holder(call);
  /** What payment answers when it is asked for a token. */
  let issued: CallAnswer;
  const media: ServiceClient = (call) =>
    call.path.includes('personal-data') ? holder(call) : mediaWith(() => renamed)(call);
  let renamed = '';
  const clients = { ...Object.fromEntries(HOLDERS.map((name) => [name, holder])), payment, media };
  const service = forEachTest(() => openUserService({}, clients));
  const erase = async ({ userId, token }: Registered) =>
    service.send('POST', `/api/v1/users/${userId}/erasure`, { token, body: { current_password: PASSWORD } });

  const confirm = (token: string) => service.send('POST', '/api/v1/auth/email/confirm', { body: { token } });
  const changeEmail = ({ userId, token }: Registered, new_email: string) =>
    service.send('POST', `/api/v1/users/${userId}/email`, {
      token,
      body: { new_email, current_password: PASSWORD },
    });

  /** A user with these IDs, and a payment method or none. */
  const savedMethod =
    (methods: readonly Partial<PaymentMethod>[], answer: CallAnswer = { status: 422, body: {} }) =>
    async ({ user_id: userId = '', payment_method_id: paymentMethodId = '' }): Promise<undefined> => {
      issued = answer;
      const { unitOfWork, security } = await openParts(service.toolbox);
      const token = security.sealer.seal('pm_1', tokenOf(userId, paymentMethodId));
      await unitOfWork.run(async ({ users, wallets }) => {
        if (!(await users.find(userId))) await users.save(aUser({ userId }));
        const saved = methods.map((method) => aPaymentMethod({ paymentMethodId, token, ...method }));
        await wallets.save({ userId, methods: saved });
      });
    };

  keepsItsContracts('user', () => ({
    service,
    states: {
      'there is a customer called Ada Lovelace': async () => {
        await registered(service);
        return undefined;
      },
      'a user has saved a payment method': savedMethod([{}], {
        status: 200,
        body: { payment_token: 'tok_1' },
      }),
      'a user has no payment method': savedMethod([]),
      'a user has a payment method that has expired': savedMethod([{ expYear: 2025 }]),
      'a user has a payment method that the provider refuses': savedMethod([{}]),
    },
    events: announcing(service.toolbox.announced, {
      'user.invited': async () => {
        const token = await service.toolbox.tokenOf(systemIds.next(), 'admin');
        const body = {
          email: 'kim@example.com',
          first_name: 'Kim',
          last_name: 'Keeper',
          roles: ['moderator'],
        };
        await service.send('POST', '/api/v1/users/invitations', { token, body });
      },
      'user.registered': () => registered(service, 'newest@example.com'),
      'user.profile.updated': async () => {
        const { userId, token } = await proven(service, 'renamed@example.com');
        renamed = userId;
        await service.send('PUT', `/api/v1/users/${userId}`, {
          token,
          body: { first_name: 'Grace', last_name: 'Hopper', avatar_media_id: AVATAR },
        });
      },
      'user.email_verification_requested': () => registered(service, 'new@example.com'),
      'user.email_verified': async () => {
        await registered(service, 'proven@example.com');
        await confirm(await mailedTo(service, 'proven@example.com'));
      },
      'user.logged_in_elsewhere': async () => {
        const { email } = await proven(service, 'travelling@example.com');
        await service.send('POST', '/api/v1/auth/login', {
          body: { email, password: PASSWORD },
          headers: { 'user-agent': 'Phone', 'x-forwarded-for': '203.0.113.7' },
        });
      },
      'user.email_change_requested': async () => {
        await changeEmail(await proven(service, 'moving@example.com'), 'soon@example.org');
      },
      'user.email_changed': async () => {
        await changeEmail(await proven(service, 'moved@example.com'), 'moved@example.org');
        await confirm(await mailedTo(service, 'moved@example.org'));
      },
      'user.erasure_requested': async () => erase(await proven(service, 'going@example.com')),
      'user.erased': async () => {
        await erase(await proven(service, 'gone@example.com'));
        await workOff(service.toolbox);
      },
      'user.factors_changed': async () => {
        await enrolled(service, await proven(service, 'careful@example.com'));
      },
      'user.access_revoked': async () => {
        const { refreshToken } = await registered(service, 'leaving@example.com');
        await service.send('POST', '/api/v1/auth/logout', { body: { refresh_token: refreshToken } });
      },
      'user.registration_repeated': async () => {
        const { email } = await proven(service, 'twice@example.com');
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
