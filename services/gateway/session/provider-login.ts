import type { Request, Response } from 'express';
import { z } from 'zod';
import type { TokenVerifier } from '#adapters/auth/tokens.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import { ownPath } from '#kernel/own-path.ts';
import { languageOf } from '../faces/languages.ts';
import { localsOf } from '../locals.ts';
import { refuse } from '../refuse.ts';
import type { Match } from '../routes.ts';
import type { AskUser } from './ask-user.ts';
import type { BrowserSessions } from './browser-sessions.ts';
import { clientNamed, cookieIn, loginCookie, providerCookie, type Client, type Cookie } from './clients.ts';
import type { Oidc, OidcGrant } from './oidc.ts';
import { isFromOtherOrigin } from './same-origin.ts';
import type { Seal } from './seal.ts';

export interface ProviderLoginOptions {
  /** The OIDC provider at which users log in; undefined if they log in with a password of the shop. */
  readonly oidc: Oidc | undefined;
  readonly seal: Seal;
  readonly sessions: BrowserSessions;
  readonly ask: AskUser;
  readonly verify: TokenVerifier;
  readonly logger: Logger;
}

interface Exchange extends ProviderLoginOptions {
  readonly oidc: Oidc;
  readonly request: Request;
  readonly response: Response;
  readonly client: Client;
  readonly cookies: string | undefined;
  readonly query: URLSearchParams;
}

type Handle = (of: Exchange) => Promise<void>;

const Pending = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  maxAgeS: z.number().optional(),
  returnTo: z.string(),
});

const Hint = z.object({ idToken: z.string() });

const LOGIN_S = 10 * 60;
const HINT_S = 30 * 86_400;
const LONGEST_MAX_AGE_S = 86_400;

interface Home {
  readonly login: string;
  readonly home: string;
  /** Parameters of the page to log in, which say where to go on. */
  readonly back: (path: string) => Readonly<Record<string, string>>;
}

/** The pages to log in, and to come to after a logout. */
const HOMES: Readonly<Record<Client, Home>> = {
  shop: { login: '/login', home: '/', back: (path) => ({ return_to: path }) },
  admin: { login: '/admin/sign-in', home: '/admin/', back: (path) => ({ to: path.replace(/^\/admin/, '') }) },
};

const originOf = (request: Request): string => `${request.protocol}://${request.get('host') ?? ''}`;

const forget = ({ response }: Exchange, { name, options }: Cookie): void => {
  response.clearCookie(name, options);
};

/** Sends the browser to the provider. */
const begin: Handle = async (exchange) => {
  const { oidc, seal, request, response, client, query } = exchange;
  const maxAge = Number(query.get('max_age') ?? Number.NaN);
  const isMaxAge = Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= LONGEST_MAX_AGE_S;
  const redirectUri = `${originOf(request)}/bff/callback/${client}`;
  const { location, pending } = await oidc.begin(redirectUri, isMaxAge ? maxAge : undefined);
  const returnTo = ownPath(query.get('return_to') ?? HOMES[client].home);
  const { name, options } = loginCookie(client, request);
  response.cookie(name, await seal.sealValue(name, { ...pending, returnTo }, LOGIN_S), options);
  response.redirect(303, location);
};

/** Says no more than that it failed: what the provider says is in the log. */
const failed = ({ logger, response, client }: Exchange, reason: string, returnTo: string): void => {
  logger.warn({ why: reason, client }, 'a login at the provider failed');
  const query = new URLSearchParams({ notice: 'LOGIN_FAILED', ...HOMES[client].back(returnTo) });
  response.redirect(303, `${HOMES[client].login}?${query.toString()}`);
};

/** The browser comes back from the provider. What it brings counts once, for the login that this browser has begun. */
const finish: Handle = async (exchange) => {
  const { oidc, seal, verify, sessions, request, response, client, cookies } = exchange;
  const login = loginCookie(client, request);
  const sealed = cookieIn(cookies, login.name) ?? '';
  const pending = Pending.safeParse(await seal.openValue(login.name, sealed));
  forget(exchange, login);
  if (!pending.success) {
    failed(exchange, 'this browser has begun no login, or too long ago', HOMES[client].home);
    return;
  }
  const { returnTo, ...begun } = pending.data;
  const granted = await oidc.finish(new URL(request.originalUrl, originOf(request)), begun);
  if (!granted.ok) {
    failed(exchange, granted.error.reason, returnTo);
    return;
  }
  const { idToken, ...grant } = granted.value;
  const principal = await verify(grant.access_token).catch(() => undefined);
  if (principal?.kind !== 'user') {
    failed(exchange, 'the access token is not for this shop', returnTo);
    return;
  }
  const before = await sessions.peek(request, client, cookies);
  const session = before.cart
    ? { ...before, cart: await mergedCart(exchange, grant, principal.userId, before.cart) }
    : before;
  await sessions.begin(request, response, { client, cookies, session }, grant, true);
  const { name, options } = providerCookie(client, request);
  response.cookie(name, await seal.sealValue(name, { idToken }, HINT_S), options);
  response.redirect(303, returnTo);
};

interface GuestCart {
  readonly id: string;
  readonly token: string;
}

/** Puts what a guest has chosen into the user's cart; the guest's cart stays if that is not possible. */
const mergedCart = async (
  { ask, request, response, client, cookies }: Exchange,
  { access_token: token }: Pick<OidcGrant, 'access_token'>,
  userId: string,
  cart: GuestCart,
): Promise<GuestCart | undefined> => {
  const call = {
    method: 'POST',
    path: `/api/v1/cart/${userId}/merge`,
    body: { cart_token: cart.token },
  } as const;
  const merged = await ask(request, response, { ...call, token, client, cookies }).catch(() => undefined);
  return merged?.status === 200 ? undefined : cart;
};

/**
 * Ends the session at the provider as well. A page that leads on, because a redirect after a form would be a target of that form,
 * which the policy of the pages forbids.
 */
const end: Handle = async (exchange) => {
  const { oidc, seal, request, response, client, cookies } = exchange;
  const provider = providerCookie(client, request);
  const hint = Hint.safeParse(
    await seal.openValue(provider.name, cookieIn(cookies, provider.name) ?? ''),
  ).data;
  forget(exchange, provider);
  const home = originOf(request) + HOMES[client].home;
  const address = hint && (await oidc.endAddress(hint.idToken, home));
  response
    .set('Refresh', `0; url=${address ?? HOMES[client].home}`)
    .status(200)
    .type('html')
    .send('<!doctype html><title>…</title>');
};

const HANDLERS: Readonly<Record<string, Handle>> = {
  beginProviderLogin: begin,
  finishProviderLogin: finish,
  endProviderSession: end,
};

/** Whether browsers navigate to an operation, so that it needs no header, and refuses with pages. */
export const isProviderLogin = ({ operation }: Pick<Match['route'], 'operation'>): boolean =>
  operation.operationId in HANDLERS;

/** Responds to a browser on its way to the OIDC provider, or back. */
export const answerProviderLogin = async (
  options: ProviderLoginOptions,
  request: Request,
  response: Response,
  { route, params }: Match,
): Promise<void> => {
  const { oidc, sessions } = options;
  const { cookie: cookies } = request.headers;
  const { operationId } = route.operation;
  if (request.accepts('json', 'html') === 'html')
    localsOf(response).pageLanguage = languageOf(request, cookies);
  const client = clientNamed(params['client']);
  const handle = HANDLERS[operationId];
  if (!oidc || !client || !handle || !sessions.isHostOf(client, request)) {
    refuse(request, response, 'NOT_FOUND', 'There is no such resource.');
    return;
  }
  if (operationId === 'endProviderSession' && isFromOtherOrigin(request.headers)) {
    refuse(request, response, 'FORBIDDEN', 'Only pages of this shop may log a user out.');
    return;
  }
  const query = new URL(request.originalUrl, 'http://gateway').searchParams;
  await handle({ ...options, oidc, request, response, client, cookies, query });
};
