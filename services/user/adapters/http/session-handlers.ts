import { networkOf } from '#adapters/http/client-address.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import type { components, operations } from '#openapi/generated/user.ts';
import type { makeLogIn } from '../../core/application/log-in.ts';
import type { makeLogOut } from '../../core/application/log-out.ts';
import type { makeRefreshSession } from '../../core/application/refresh-session.ts';
import type { UserCode } from './errors.ts';
import { fromGrant } from './mapping.ts';
import { accountOf, actorOf, noteFailedProof } from './security-notes.ts';

export interface SessionUseCases {
  readonly logIn: ReturnType<typeof makeLogIn>;
  readonly refreshSession: ReturnType<typeof makeRefreshSession>;
  readonly logOut: ReturnType<typeof makeLogOut>;
}

export type PublicKey = components['schemas']['PublicKey'];

type SessionOperations = Pick<operations, 'logIn' | 'refreshSession' | 'logOut' | 'getKeys' | 'getIdentity'>;

const NOT_KEPT = { 'Cache-Control': 'no-store' };
const KEPT_5_MIN = { 'Cache-Control': 'public, max-age=300' };

export const makeSessionHandlers = (
  sessions: SessionUseCases,
  key: PublicKey,
  security: SecurityLog,
): Handlers<SessionOperations, UserCode> => ({
  logIn: async ({ body, address }) => {
    const note = { address, operation: 'logIn' };
    const grant = await sessions.logIn({ ...body, network: networkOf(address) });
    if (!grant.ok) {
      noteFailedProof(security, grant.error.code, { ...note, details: accountOf(body.email) });
      return grant;
    }
    security.note('login_succeeded', { ...note, actor: actorOf(grant.value.user.userId) });
    return { status: 200, headers: NOT_KEPT, body: fromGrant(grant.value) };
  },
  refreshSession: async ({ body, address }) => {
    const note = { address, operation: 'refreshSession' };
    const grant = await sessions.refreshSession(body.refresh_token);
    if (grant.ok) return { status: 200, headers: NOT_KEPT, body: fromGrant(grant.value) };
    const { reused, ...refusal } = grant.error;
    if (reused)
      security.note('refresh_token_reused', {
        ...note,
        actor: actorOf(reused.userId),
        details: { session: reused.sessionId },
      });
    else security.note('refresh_token_refused', note);
    return { ok: false, error: refusal };
  },
  logOut: async ({ body, address }) => {
    const ended = await sessions.logOut(body.refresh_token);
    if (ended)
      security.note('session_ended', {
        actor: actorOf(ended.userId),
        address,
        operation: 'logOut',
        details: { session: ended.sessionId },
      });
    return { status: 204 };
  },
  getKeys: () => Promise.resolve({ status: 200, headers: KEPT_5_MIN, body: { keys: [key] } }),
  getIdentity: ({ principal }) => {
    if (principal.kind !== 'user') throw new Error('this operation is for users');
    const { userId, email, name, roles } = principal;
    return Promise.resolve({
      status: 200,
      headers: NOT_KEPT,
      body: { user_id: userId, email, name, roles: [...roles] },
    });
  },
});
