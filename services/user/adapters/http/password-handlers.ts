import type { Handlers } from '#adapters/http/operations.ts';
import type { operations } from '#openapi/generated/user.ts';
import type { makeChangePassword } from '../../core/application/change-password.ts';
import type { makeConfirmPasswordReset } from '../../core/application/confirm-password-reset.ts';
import type { makeRequestPasswordReset } from '../../core/application/request-password-reset.ts';
import { mayChange } from './access.ts';
import type { UserCode } from './errors.ts';

export interface PasswordUseCases {
  readonly changePassword: ReturnType<typeof makeChangePassword>;
  readonly requestPasswordReset: ReturnType<typeof makeRequestPasswordReset>;
  readonly confirmPasswordReset: ReturnType<typeof makeConfirmPasswordReset>;
}

type PasswordOperations = Pick<
  operations,
  'changePassword' | 'requestPasswordReset' | 'confirmPasswordReset'
>;

export const makePasswordHandlers = (
  passwords: PasswordUseCases,
): Handlers<PasswordOperations, UserCode> => ({
  changePassword: async ({ path, body, principal }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const changed = await passwords.changePassword({
      userId: path.user_id,
      currentPassword: body.current_password,
      newPassword: body.new_password,
      refreshToken: body.refresh_token,
    });
    return changed.ok ? { status: 204 } : changed;
  },
  requestPasswordReset: async ({ body }) => {
    await passwords.requestPasswordReset(body.email);
    return { status: 202 };
  },
  confirmPasswordReset: async ({ body }) => {
    const confirmed = await passwords.confirmPasswordReset(body.token, body.new_password);
    return confirmed.ok ? { status: 204 } : confirmed;
  },
});
