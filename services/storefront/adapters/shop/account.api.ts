import type { ShopClient } from '#client/index.ts';
import type { Account } from '../../core/ports/account.ts';
import { done } from './refusals.ts';

/** @param device header with the token of the visitor's device */
export const accountOf = (api: ShopClient, device: { readonly 'Device-Token'?: string }): Account => ({
  requestPasswordReset: (email) => done(api.POST('/api/v1/auth/password-reset', { body: { email } })),
  resetPassword: (token, password) => {
    const body = { token, new_password: password };
    return done(api.POST('/api/v1/auth/password-reset/confirm', { params: { header: device }, body }));
  },
  confirmEmail: (token) => done(api.POST('/api/v1/auth/email/confirm', { body: { token } })),
});
