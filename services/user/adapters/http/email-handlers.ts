import { networkOf } from '#adapters/http/client-address.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import type { operations } from '#openapi/generated/user.ts';
import type { makeChangeEmail } from '../../core/application/change-email.ts';
import type { makeConfirmEmail, makeRequestVerification } from '../../core/application/verify-email.ts';
import { mayChange } from './access.ts';
import type { UserCode } from './errors.ts';
import { actorOf, noteFailedProof } from './security-notes.ts';

export interface EmailUseCases {
  readonly requestVerification: ReturnType<typeof makeRequestVerification>;
  readonly confirmEmail: ReturnType<typeof makeConfirmEmail>;
  readonly changeEmail: ReturnType<typeof makeChangeEmail>;
}

type EmailOperations = Pick<operations, 'requestEmailVerification' | 'confirmEmail' | 'changeEmail'>;

export const makeEmailHandlers = (
  emails: EmailUseCases,
  security: SecurityLog,
): Handlers<EmailOperations, UserCode> => ({
  requestEmailVerification: async ({ path, principal }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const requested = await emails.requestVerification(path.user_id);
    return requested.ok ? { status: 202 } : requested;
  },
  confirmEmail: async ({ body, address }) => {
    const confirmed = await emails.confirmEmail(body.token);
    if (!confirmed.ok) return confirmed;
    security.note('email_confirmed', {
      actor: actorOf(confirmed.value),
      address,
      operation: 'confirmEmail',
    });
    return { status: 204 };
  },
  changeEmail: async ({ path, body, principal, address }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const changed = await emails.changeEmail({
      userId: path.user_id,
      newEmail: body.new_email,
      currentPassword: body.current_password,
      network: networkOf(address),
    });
    const note = { actor: actorOf(path.user_id), address, operation: 'changeEmail' };
    if (changed.ok) {
      security.note('email_change_requested', note);
      return { status: 202 };
    }
    const { code } = changed.error;
    if (code !== 'USER_NOT_FOUND') noteFailedProof(security, code, note);
    return changed;
  },
});
