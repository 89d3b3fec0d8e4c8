import type { Handlers } from '#adapters/http/operations.ts';
import type { components, operations } from '#openapi/generated/user.ts';
import type { makeLogIn } from '../../core/application/log-in.ts';
import type { makeLogOut } from '../../core/application/log-out.ts';
import type { makeRefreshSession } from '../../core/application/refresh-session.ts';
import type { UserCode } from './errors.ts';
import { fromGrant } from './mapping.ts';

export interface SessionUseCases {
  readonly logIn: ReturnType<typeof makeLogIn>;
  readonly refreshSession: ReturnType<typeof makeRefreshSession>;
  readonly logOut: ReturnType<typeof makeLogOut>;
}

export type PublicKey = components['schemas']['PublicKey'];

type SessionOperations = Pick<operations, 'logIn' | 'refreshSession' | 'logOut' | 'getKeys'>;

const NOT_KEPT = { 'Cache-Control': 'no-store' };
const KEPT_5_MIN = { 'Cache-Control': 'public, max-age=300' };

export const makeSessionHandlers = (
  sessions: SessionUseCases,
  key: PublicKey,
): Handlers<SessionOperations, UserCode> => ({
  logIn: async ({ body }) => {
    const grant = await sessions.logIn(body);
    return grant.ok ? { status: 200, headers: NOT_KEPT, body: fromGrant(grant.value) } : grant;
  },
  refreshSession: async ({ body }) => {
    const grant = await sessions.refreshSession(body.refresh_token);
    return grant.ok ? { status: 200, headers: NOT_KEPT, body: fromGrant(grant.value) } : grant;
  },
  logOut: async ({ body }) => {
    await sessions.logOut(body.refresh_token);
    return { status: 204 };
  },
  getKeys: () => Promise.resolve({ status: 200, headers: KEPT_5_MIN, body: { keys: [key] } }),
});
