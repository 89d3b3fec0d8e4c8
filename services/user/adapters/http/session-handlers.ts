import { isUser, nameOf, type Principal } from '#adapters/auth/principal.ts';
import { networkOf } from '#adapters/http/client-address.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/user.ts';
import type { makeLogIn } from '../../core/application/log-in.ts';
import type {
  makeBeginPasskeyLogin,
  makeLogInWithPasskey,
} from '../../core/application/log-in-with-passkey.ts';
import type { makeLogOut } from '../../core/application/log-out.ts';
import type { makeProveSecondFactor } from '../../core/application/prove-second-factor.ts';
import type { makeRefreshSession } from '../../core/application/refresh-session.ts';
import type {
  makeEndOtherSessions,
  makeEndSession,
  makeListSessions,
} from '../../core/application/sessions.ts';
import type { makeStepUp, makeStepUpWithFactor } from '../../core/application/step-up.ts';
import { mayRead } from './access.ts';
import type { UserCode } from './errors.ts';
import { deviceHeader, fromAccess, fromGrant, fromSession, withChallenge } from './mapping.ts';
import { accountOf, actorOf, noteFailedFactor, noteFailedProof } from './security-notes.ts';

export interface SessionUseCases {
  readonly logIn: ReturnType<typeof makeLogIn>;
  readonly proveSecondFactor: ReturnType<typeof makeProveSecondFactor>;
  readonly beginPasskeyLogin: ReturnType<typeof makeBeginPasskeyLogin>;
  readonly logInWithPasskey: ReturnType<typeof makeLogInWithPasskey>;
  readonly stepUp: ReturnType<typeof makeStepUp>;
  readonly stepUpWithFactor: ReturnType<typeof makeStepUpWithFactor>;
  readonly refreshSession: ReturnType<typeof makeRefreshSession>;
  readonly logOut: ReturnType<typeof makeLogOut>;
  readonly listSessions: ReturnType<typeof makeListSessions>;
  readonly endSession: ReturnType<typeof makeEndSession>;
  readonly endOtherSessions: ReturnType<typeof makeEndOtherSessions>;
}

export type PublicKey = components['schemas']['PublicKey'];

type SessionOperations = Pick<
  operations,
  | 'logIn'
  | 'proveSecondFactor'
  | 'beginPasskeyLogin'
  | 'logInWithPasskey'
  | 'stepUp'
  | 'stepUpWithFactor'
  | 'refreshSession'
  | 'logOut'
  | 'listSessions'
  | 'endSession'
  | 'endOtherSessions'
  | 'getKeys'
  | 'getIdentity'
>;

/** Characters of what a client calls itself that are kept. */
const DEVICE_LENGTH = 200;

const NOT_KEPT = { 'Cache-Control': 'no-store' };
const KEPT_5_MIN = { 'Cache-Control': 'public, max-age=300' };

const deviceOf = (userAgent = ''): string => userAgent.slice(0, DEVICE_LENGTH);

export const sessionOf = (principal: Principal): string | undefined =>
  principal.kind === 'user' ? principal.sessionId : undefined;

/** A token of another issuer, which has its own way to step up. */
const NO_SESSION = refuse('FORBIDDEN', 'The access token has no session here; log in again at its issuer.');

export const makeSessionHandlers = (
  sessions: SessionUseCases,
  key: PublicKey,
  security: SecurityLog,
): Handlers<SessionOperations, UserCode> => ({
  logIn: async ({ body, address, headers }) => {
    const note = { address, operation: 'logIn' };
    const grant = await sessions.logIn({
      ...body,
      network: networkOf(address),
      device: deviceOf(headers['user-agent']),
      deviceToken: headers['device-token'],
    });
    if (!grant.ok) {
      if (grant.error.code !== 'SECOND_FACTOR_REQUIRED')
        noteFailedProof(security, grant.error.code, { ...note, details: accountOf(body.email) });
      return withChallenge(grant.error);
    }
    security.note('login_succeeded', { ...note, actor: actorOf(grant.value.user.userId) });
    return { status: 200, headers: NOT_KEPT, body: fromGrant(grant.value) };
  },
  proveSecondFactor: async ({ body, address, headers }) => {
    const note = { address, operation: 'proveSecondFactor' };
    const grant = await sessions.proveSecondFactor({
      ...body,
      network: networkOf(address),
      deviceToken: headers['device-token'],
    });
    if (!grant.ok) return noteFailedFactor(security, grant.error, note);
    security.note('login_succeeded', { ...note, actor: actorOf(grant.value.user.userId) });
    return { status: 200, headers: NOT_KEPT, body: fromGrant(grant.value) };
  },
  beginPasskeyLogin: async () => ({
    status: 200,
    headers: NOT_KEPT,
    body: { ...(await sessions.beginPasskeyLogin()) },
  }),
  logInWithPasskey: async ({ body, address, headers }) => {
    const note = { address, operation: 'logInWithPasskey' };
    const grant = await sessions.logInWithPasskey({
      challenge: body.challenge,
      response: body.credential,
      network: networkOf(address),
      device: deviceOf(headers['user-agent']),
      deviceToken: headers['device-token'],
    });
    if (grant.ok) {
      security.note('login_succeeded', { ...note, actor: actorOf(grant.value.user.userId) });
      return { status: 200, headers: NOT_KEPT, body: fromGrant(grant.value) };
    }
    const { userId, ...refusal } = { userId: undefined, ...grant.error };
    noteFailedProof(security, refusal.code, {
      ...note,
      ...(userId === undefined ? {} : { actor: actorOf(userId) }),
    });
    return { ok: false, error: refusal };
  },
  stepUp: async ({ body, principal, address }) => {
    if (principal.kind !== 'user' || principal.sessionId === undefined) return NO_SESSION;
    const { userId, sessionId } = principal;
    const access = await sessions.stepUp({
      userId,
      sessionId,
      password: body.password,
      network: networkOf(address),
    });
    if (access.ok) return { status: 200, headers: NOT_KEPT, body: fromAccess(access.value) };
    const { code } = access.error;
    if (code === 'WRONG_PASSWORD' || code === 'TOO_MANY_ATTEMPTS')
      noteFailedProof(security, code, { actor: actorOf(userId), address, operation: 'stepUp' });
    return withChallenge(access.error);
  },
  stepUpWithFactor: async ({ body, principal, address }) => {
    const sessionId = sessionOf(principal);
    if (sessionId === undefined) return NO_SESSION;
    const access = await sessions.stepUpWithFactor(sessionId, { ...body, network: networkOf(address) });
    if (access.ok) return { status: 200, headers: NOT_KEPT, body: fromAccess(access.value) };
    return noteFailedFactor(security, access.error, { address, operation: 'stepUpWithFactor' });
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
  listSessions: async ({ path, principal }) => {
    const allowed = mayRead(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const listed = await sessions.listSessions(path.user_id);
    if (!listed.ok) return listed;
    const items = listed.value.map((session) => fromSession(session, sessionOf(principal)));
    return { status: 200, headers: NOT_KEPT, body: { items } };
  },
  endSession: async ({ path, principal, address }) => {
    const allowed = mayRead(principal, path.user_id); // an admin may end those of others
    if (!allowed.ok) return allowed;
    const ended = await sessions.endSession(path.user_id, path.session_id);
    if (!ended.ok) return ended;
    security.note('session_ended', {
      actor: nameOf(principal),
      address,
      operation: 'endSession',
      details: { user: path.user_id, session: path.session_id },
    });
    return { status: 204 };
  },
  endOtherSessions: async ({ path, principal, address, headers }) => {
    const allowed = mayRead(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const isOwn = isUser(principal, path.user_id);
    const kept = isOwn ? sessionOf(principal) : undefined;
    const ended = await sessions.endOtherSessions({
      userId: path.user_id,
      keptSessionId: kept,
      deviceToken: isOwn ? headers['device-token'] : undefined,
    });
    if (!ended.ok) return ended;
    security.note('session_ended', {
      actor: nameOf(principal),
      address,
      operation: 'endOtherSessions',
      details: { user: path.user_id, ...(kept === undefined ? {} : { kept }) },
    });
    return { status: 204, headers: deviceHeader(ended.value) };
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
