import { networkOf } from '#adapters/http/client-address.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import type { operations } from '#openapi/generated/user.ts';
import type { makeChangePassword } from '../../core/application/change-password.ts';
import type { makeConfirmPasswordReset } from '../../core/application/confirm-password-reset.ts';
import type { makeRequestPasswordReset } from '../../core/application/request-password-reset.ts';
import { mayChange } from './access.ts';
import type { UserCode } from './errors.ts';
import { deviceHeader } from './mapping.ts';
import { actorOf, noteFailedProof } from './security-notes.ts';
import { sessionOf } from './session-handlers.ts';

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
  security: SecurityLog,
): Handlers<PasswordOperations, UserCode> => ({
  changePassword: async ({ path, body, principal, address, headers }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const changed = await passwords.changePassword({
      userId: path.user_id,
      currentPassword: body.current_password,
      newPassword: body.new_password,
      sessionId: sessionOf(principal),
      // oxlint-disable-next-line typescript/no-deprecated -- for clients that still send it
      refreshToken: body.refresh_token,
      network: networkOf(address),
      deviceToken: headers['device-token'],
    });
    const note = { actor: actorOf(path.user_id), address, operation: 'changePassword' };
    if (changed.ok) {
      security.note('password_changed', note);
      return { status: 204, headers: deviceHeader(changed.value) };
    }
    const { code } = changed.error;
    if (code === 'WRONG_PASSWORD' || code === 'TOO_MANY_ATTEMPTS') noteFailedProof(security, code, note);
    return changed;
  },
  requestPasswordReset: async ({ body }) => {
    await passwords.requestPasswordReset(body.email);
    return { status: 202 };
  },
  confirmPasswordReset: async ({ body, address, headers }) => {
    const { token, new_password: newPassword } = body;
    const confirmed = await passwords.confirmPasswordReset({
      token,
      newPassword,
      network: networkOf(address),
      deviceToken: headers['device-token'],
    });
    if (!confirmed.ok) return confirmed;
    const actor = actorOf(confirmed.value.userId);
    security.note('password_reset', { actor, address, operation: 'confirmPasswordReset' });
    return { status: 204, headers: deviceHeader(confirmed.value.deviceToken) };
  },
});
