import { permissionsOf } from '#adapters/auth/permissions.ts';
import { nameOf, type Principal } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/user.ts';
import type {
  InSession,
  makeBeginPasskey,
  makeBeginTotp,
  makeConfirmPasskey,
  makeConfirmTotp,
  makeRemovePasskey,
  makeRemoveTotp,
  makeReplaceRecoveryCodes,
  makeResetFactors,
} from '../../core/application/manage-factors.ts';
import { isStaff } from '../../core/domain/user.ts';
import type { FactorQueries, UserQueries } from '../../core/ports/user-queries.ts';
import { mayChange } from './access.ts';
import type { UserCode } from './errors.ts';
import { fromPasskey, fromRecoveryCode, fromUser } from './mapping.ts';
import { sessionOf } from './session-handlers.ts';

export interface FactorUseCases {
  readonly beginTotp: ReturnType<typeof makeBeginTotp>;
  readonly confirmTotp: ReturnType<typeof makeConfirmTotp>;
  readonly removeTotp: ReturnType<typeof makeRemoveTotp>;
  readonly beginPasskey: ReturnType<typeof makeBeginPasskey>;
  readonly confirmPasskey: ReturnType<typeof makeConfirmPasskey>;
  readonly removePasskey: ReturnType<typeof makeRemovePasskey>;
  readonly replaceRecoveryCodes: ReturnType<typeof makeReplaceRecoveryCodes>;
  readonly resetFactors: ReturnType<typeof makeResetFactors>;
  readonly factors: FactorQueries;
  readonly queries: UserQueries;
  /** Whether staff need a second factor. */
  readonly isFactorRequired: boolean;
}

type FactorOperations = Pick<
  operations,
  | 'beginPasskey'
  | 'confirmPasskey'
  | 'removePasskey'
  | 'beginTotp'
  | 'confirmTotp'
  | 'removeTotp'
  | 'replaceRecoveryCodes'
  | 'resetFactors'
  | 'getMe'
>;

const NOT_KEPT = { 'Cache-Control': 'no-store' };

const inSession = (userId: string, principal: Principal): InSession => ({
  userId,
  sessionId: sessionOf(principal),
});

export const makeFactorHandlers = (
  factors: FactorUseCases,
  security: SecurityLog,
): Handlers<FactorOperations, UserCode> => {
  const noteChange = (operation: string, userId: string, principal: Principal, address: string): void => {
    const details = { user: userId };
    security.note('second_factors_changed', { actor: nameOf(principal), address, operation, details });
  };
  return {
    beginTotp: async ({ path, principal }) => {
      const allowed = mayChange(principal, path.user_id);
      if (!allowed.ok) return allowed;
      const begun = await factors.beginTotp(inSession(path.user_id, principal));
      return begun.ok ? { status: 201, headers: NOT_KEPT, body: begun.value } : begun;
    },
    confirmTotp: async ({ path, body, principal, address }) => {
      const allowed = mayChange(principal, path.user_id);
      if (!allowed.ok) return allowed;
      const codes = await factors.confirmTotp(inSession(path.user_id, principal), body.code);
      if (!codes.ok) return codes;
      noteChange('confirmTotp', path.user_id, principal, address);
      return { status: 200, headers: NOT_KEPT, body: { recovery_codes: codes.value.map(fromRecoveryCode) } };
    },
    removeTotp: async ({ path, principal, address }) => {
      const allowed = mayChange(principal, path.user_id);
      if (!allowed.ok) return allowed;
      const removed = await factors.removeTotp(inSession(path.user_id, principal));
      if (!removed.ok) return removed;
      noteChange('removeTotp', path.user_id, principal, address);
      return { status: 204 };
    },
    beginPasskey: async ({ path, principal }) => {
      const allowed = mayChange(principal, path.user_id);
      if (!allowed.ok) return allowed;
      const begun = await factors.beginPasskey(inSession(path.user_id, principal));
      if (!begun.ok) return begun;
      const { rp, user, ...options } = begun.value;
      return { status: 201, headers: NOT_KEPT, body: { ...options, rp: { ...rp }, user: { ...user } } };
    },
    confirmPasskey: async ({ path, body, principal, address }) => {
      const allowed = mayChange(principal, path.user_id);
      if (!allowed.ok) return allowed;
      const { name, challenge, credential: response } = body;
      const created = { name: name.trim(), challenge, response };
      const added = await factors.confirmPasskey(inSession(path.user_id, principal), created);
      if (!added.ok) return added;
      noteChange('confirmPasskey', path.user_id, principal, address);
      const { passkeyId, recoveryCodes } = added.value;
      return {
        status: 201,
        headers: NOT_KEPT,
        body: { passkey_id: passkeyId, recovery_codes: recoveryCodes.map(fromRecoveryCode) },
      };
    },
    removePasskey: async ({ path, principal, address }) => {
      const allowed = mayChange(principal, path.user_id);
      if (!allowed.ok) return allowed;
      const removed = await factors.removePasskey(inSession(path.user_id, principal), path.passkey_id);
      if (!removed.ok) return removed;
      noteChange('removePasskey', path.user_id, principal, address);
      return { status: 204 };
    },
    replaceRecoveryCodes: async ({ path, principal, address }) => {
      const allowed = mayChange(principal, path.user_id);
      if (!allowed.ok) return allowed;
      const codes = await factors.replaceRecoveryCodes(inSession(path.user_id, principal));
      if (!codes.ok) return codes;
      noteChange('replaceRecoveryCodes', path.user_id, principal, address);
      return { status: 200, headers: NOT_KEPT, body: { recovery_codes: codes.value.map(fromRecoveryCode) } };
    },
    resetFactors: async ({ path, principal, address }) => {
      const reset = await factors.resetFactors(
        path.user_id,
        principal.kind === 'user' ? principal.userId : '',
      );
      if (!reset.ok) return reset;
      noteChange('resetFactors', path.user_id, principal, address);
      return { status: 204 };
    },
    getMe: async ({ principal }) => {
      if (principal.kind !== 'user') throw new Error('this operation is for users');
      const { userId, roles, sessionId, provenAt } = principal;
      const user = await factors.queries.find(userId);
      if (!user) return refuse('USER_NOT_FOUND', 'The user has no account here.');
      const { totp, passkeys, recoveryCodes } = await factors.factors.of(userId);
      return {
        status: 200,
        headers: NOT_KEPT,
        body: {
          user: fromUser(user),
          ...(sessionId === undefined ? {} : { session_id: sessionId }),
          roles: [...roles],
          permissions: [...permissionsOf(roles)],
          ...(provenAt === undefined ? {} : { proven_at: new Date(provenAt).toISOString() }),
          second_factor: {
            is_required: factors.isFactorRequired && isStaff(user),
            totp: totp?.isConfirmed === true,
            passkeys: passkeys.map(fromPasskey),
            recovery_codes_left: recoveryCodes.length,
          },
        },
      };
    },
  };
};
