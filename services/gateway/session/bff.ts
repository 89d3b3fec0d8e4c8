import type { Request, Response } from 'express';
import { z } from 'zod';
import { permissionsOf } from '#adapters/auth/permissions.ts';
import type { Principal } from '#adapters/auth/principal.ts';
import type { TokenVerifier } from '#adapters/auth/tokens.ts';
import { LIMITS } from '#adapters/http/limits.ts';
import { readBody } from '#adapters/http/read-body.ts';
import { refuse } from '../refuse.ts';
import type { CachedAnswer } from '../response-cache.ts';
import type { Match } from '../routes.ts';
import type { AskUser, UserCall } from './ask-user.ts';
import type { Browser } from './browser.ts';
import type { BrowserSessions } from './browser-sessions.ts';
import { AccessGrant, Grant } from './grant.ts';

export interface BffOptions {
  readonly sessions: BrowserSessions;
  readonly ask: AskUser;
  readonly verify: TokenVerifier;
  /** Whether users log in at an OIDC provider. */
  readonly hasProvider: boolean;
}

/** Handles one operation of `openapi/gateway.yaml`. */
type Handle = (of: Exchange) => Promise<void>;

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly browser: Browser;
  readonly verify: TokenVerifier;
  readonly hasProvider: boolean;
  readonly sessions: BrowserSessions;
  readonly ask: (call: Pick<UserCall, 'method' | 'path' | 'body' | 'token'>) => Promise<CachedAnswer>;
}

const Proof = z.looseObject({ challenge: z.unknown().optional() });

/** Without the tokens: they stay in the gateway. */
const relay = (response: Response, { status, headers, body }: CachedAnswer): void => {
  const { 'content-type': type = 'application/json', 'retry-after': retryAfter } = headers;
  if (retryAfter !== undefined) response.set('Retry-After', retryAfter);
  response.status(status).type(type).send(body);
};

/** The body as an object; undefined after a refusal. The user service validates what is in it. */
const proofOf = async (request: Request, response: Response): Promise<object | undefined> => {
  const body = await readBody(request, LIMITS.bodyBytes);
  if (body === 'too large') {
    refuse(request, response, 'PAYLOAD_TOO_LARGE', 'The body is too large.');
    return undefined;
  }
  const proof = Proof.safeParse(parsed(body));
  if (proof.success) return proof.data;
  refuse(request, response, 'MALFORMED_BODY', 'The body is not a JSON object.');
  return undefined;
};

const parsed = (body: Buffer | undefined): unknown => {
  try {
    return JSON.parse(body?.toString() ?? '');
  } catch {
    return undefined;
  }
};

/** Chooses the operation by what the user proves. */
const byProof = (proof: object, withFactor: string, withPassword: string): string =>
  'challenge' in proof ? withFactor : withPassword;

const begin: Handle = async ({ request, response, browser, sessions, ask }) => {
  const proof = await proofOf(request, response);
  if (!proof) return;
  const path =
    'credential' in proof
      ? '/api/v1/auth/passkey'
      : byProof(proof, '/api/v1/auth/second-factor', '/api/v1/auth/login');
  const answer = await ask({ method: 'POST', path, body: proof });
  if (answer.status !== 200) {
    relay(response, answer);
    return;
  }
  const grant = Grant.parse(JSON.parse(answer.body.toString()));
  const me = await ask({ method: 'GET', path: '/api/v1/me', token: grant.access_token });
  await sessions.begin(request, response, browser, grant);
  relay(response, me);
};

const show: Handle = async ({ response, browser, ask, verify }) => {
  const { access: token = '', isOfProvider } = browser.session.tokens ?? {};
  if (isOfProvider === true) {
    response.json({ ...sessionOf(await verify(token)), provider: loginPath(browser) });
    return;
  }
  relay(response, await ask({ method: 'GET', path: '/api/v1/me', token }));
};

/** Users of a provider have no account here: their token says all that is known. */
const sessionOf = (principal: Principal): object => {
  if (principal.kind !== 'user') throw new Error('a session is of a user');
  const { userId, email, name, roles, provenAt } = principal;
  return {
    user: Object.fromEntries([
      ['user_id', userId],
      ['email', email],
      ['first_name', name],
      ['last_name', ''],
    ]),
    roles,
    permissions: permissionsOf(roles),
    ...(provenAt === undefined ? {} : { proven_at: new Date(provenAt).toISOString() }),
    is_of_provider: true,
  };
};

const loginPath = ({ client }: Browser): string => `/bff/login/${client}`;

const listLogins: Handle = ({ response, hasProvider, browser }) => {
  response.json(hasProvider ? { provider: loginPath(browser) } : {});
  return Promise.resolve();
};

const stepUp: Handle = async ({ request, response, browser, sessions, ask }) => {
  const { tokens } = browser.session;
  if (!tokens) throw new Error('a user without a session was admitted');
  const proof = await proofOf(request, response);
  if (!proof) return;
  const path = byProof(proof, '/api/v1/auth/step-up/second-factor', '/api/v1/auth/step-up');
  const answer = await ask({ method: 'POST', path, body: proof, token: tokens.access });
  if (answer.status !== 200) {
    relay(response, answer);
    return;
  }
  const access = AccessGrant.parse(JSON.parse(answer.body.toString()));
  await sessions.stepUp(request, response, browser, access);
  response.status(204).end();
};

const end: Handle = async ({ request, response, browser, sessions }) => {
  const refusal = await sessions.end(request, response, browser);
  if (refusal) relay(response, refusal);
  else if (browser.session.tokens?.isOfProvider === true)
    response.json({ continue_at: `/bff/logout/${browser.client}` });
  else response.status(204).end();
};

const HANDLERS: Readonly<Record<string, Handle>> = {
  beginBrowserSession: begin,
  listLogins,
  getBrowserSession: show,
  stepUpBrowserSession: stepUp,
  endBrowserSession: end,
};

/** Responds to an operation of the gateway itself, for a caller who may use it. */
export const answerSession = async (
  { sessions, ask, verify, hasProvider }: BffOptions,
  request: Request,
  response: Response,
  { route }: Match,
  browser: Browser,
): Promise<void> => {
  const handle = HANDLERS[route.operation.operationId];
  if (!handle) throw new Error(`no handler for ${route.operation.operationId}`);
  const { client, cookies } = browser;
  const askFor: Exchange['ask'] = (call) => ask(request, response, { ...call, client, cookies });
  await handle({ request, response, browser, verify, hasProvider, sessions, ask: askFor });
};
