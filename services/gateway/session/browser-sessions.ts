import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Denied } from '#adapters/http/access.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import type { Clock } from '#kernel/clock.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { RENEWAL, type RateLimiter } from '../rate-limits.ts';
import type { CachedAnswer } from '../response-cache.ts';
import type { Match } from '../routes.ts';
import { SingleFlight } from '#adapters/batching/single-flight.ts';
import type { AskUser } from './ask-user.ts';
import type { Browser } from './browser.ts';
import { clientNamed, cookieIn, deviceCookie, draftCookie, sessionCookie, type Client } from './clients.ts';
import { Grant, type AccessGrant } from './grant.ts';
import { isFromOtherOrigin } from './same-origin.ts';
import type { Oidc } from './oidc.ts';
import { isEmpty, type Seal, type Session, type Tokens } from './seal.ts';

/** The members of responses that a page must not see. */
const Given = Grant.partial().loose();

const Draft = z.object({ draft: z.string() });

/** As long as a session of the shop. */
const DRAFT_S = 30 * 86_400;

export interface BrowserSessionsOptions {
  readonly seal: Seal;
  readonly ask: AskUser;
  /** Renews and ends the sessions of users who logged in there; undefined without a provider. */
  readonly oidc: Pick<Oidc, 'renew' | 'revoke'> | undefined;
  /** Counts renewals by session. */
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  /** The only host, with its port, that has the session of staff; any host if undefined. */
  readonly adminHost: string | undefined;
}

/** An access token that is valid for less is renewed first, so that it does not expire on its way. */
const LEAST_S = 30;

/** Whether the gateway answers an operation itself. */
export const isOfGateway = ({ path }: Pick<Match['route'], 'path'>): boolean => path.startsWith('/bff/');

/**
 * Lets pages of the shop act for their user without ever seeing a token (RFC 10017, backend for frontend). The tokens are in a sealed
 * cookie, and the header `X-Shop-Client`, which no page of another origin can send, says that it may be used.
 */
export class BrowserSessions {
  readonly #options: BrowserSessionsOptions;
  readonly #renewals = new SingleFlight<Tokens | undefined>();

  constructor(options: BrowserSessionsOptions) {
    this.#options = options;
  }

  /**
   * Replaces the cookies of the request by the credentials that they contain. Undefined if the request brings no session: then
   * its `Authorization` header counts, if any.
   */
  async open(
    request: Request,
    response: Response,
    { route, params }: Match,
  ): Promise<Result<Browser | undefined, Denied>> {
    const isOwn = isOfGateway(route);
    const { cookie: cookies, authorization, 'x-shop-client': named } = request.headers;
    delete request.headers.cookie;
    if (isOwn) delete request.headers.authorization;
    else if (authorization !== undefined) return ok(undefined);
    const page = clientNamed(route.operation['x-pages']);
    // A browser navigates without the header: reading is safe from anywhere, and forms are posted by pages of this origin only.
    const isSafe = page !== undefined && (request.method === 'GET' || request.method === 'HEAD');
    if (page !== undefined && !isSafe && isFromOtherOrigin(request.headers))
      return refuse('FORBIDDEN', 'A form may be posted only by pages of its own origin.');
    const client = page ?? clientNamed(named);
    if (client === undefined)
      return isOwn
        ? refuse('FORBIDDEN', 'The header X-Shop-Client must name the client: admin or shop.')
        : ok(undefined);
    const sealed = cookieIn(cookies, sessionCookie(client, request).name);
    if (!isOwn && route.access === 'everybody') return ok(undefined);
    if (sealed === undefined && page !== undefined) return ok({ client, cookies, session: {} });
    if (!isOwn && sealed === undefined) return ok(undefined);
    if ((!isSafe && isFromOtherOrigin(request.headers)) || !this.isHostOf(client, request))
      return refuse('FORBIDDEN', 'A session may be used only by pages of its own origin.');
    const session = await this.#sessionIn(request, response, client, cookies, sealed);
    if (session.tokens) request.headers.authorization = `Bearer ${session.tokens.access}`;
    if (session.cart !== undefined) request.headers['x-cart-token'] ??= session.cart.token;
    const order = session.orders?.find((token) => token.startsWith(`${params['order_id'] ?? ''}.`));
    if (order !== undefined) request.headers['x-order-token'] ??= order;
    const device = cookieIn(cookies, deviceCookie(client, request).name);
    if (device !== undefined && route.takesDevice) request.headers['device-token'] ??= device;
    return ok({ client, cookies, session });
  }

  /** Keeps the tokens of a login or step-up; what the session has besides remains. */
  async begin(
    request: Request,
    response: Response,
    { client, session }: Browser,
    grant: Grant,
    isOfProvider?: true,
  ): Promise<void> {
    await this.keep(request, response, client, { ...session, tokens: this.#tokensOf(grant, isOfProvider) });
    this.keepDevice(request, response, client, grant.device_token);
  }

  /** Replaces the access token of a session by that of a step-up. */
  async stepUp(request: Request, response: Response, browser: Browser, access: AccessGrant): Promise<void> {
    const { tokens } = browser.session;
    if (!tokens) throw new Error('a step-up without a session');
    await this.begin(request, response, browser, { ...access, refresh_token: tokens.refresh });
  }

  /** Takes the tokens out of the body of a success of an operation with `x-gives-tokens`, or out of the headers, and keeps them. */
  async withoutTokens(
    request: Request,
    response: Response,
    browser: Browser,
    { route }: Match,
    answered: CachedAnswer,
  ): Promise<CachedAnswer> {
    const { 'device-token': replaced, ...headers } = answered.headers;
    this.keepDevice(request, response, browser.client, replaced);
    const answer = replaced === undefined ? answered : { ...answered, headers };
    const { tokens } = browser.session;
    if (route.operation['x-gives-tokens'] !== true || answer.status !== 200 || !tokens) return answer;
    const given = Given.parse(JSON.parse(answer.body.toString()));
    const { access_token, refresh_token, expires_in, device_token, ...shown } = given;
    await this.begin(request, response, browser, {
      access_token: access_token ?? tokens.access,
      refresh_token: refresh_token ?? tokens.refresh,
      expires_in: expires_in ?? tokens.expiresAt - this.#nowS(),
      device_token,
    });
    return { ...answer, body: Buffer.from(JSON.stringify(shown)) };
  }

  /**
   * Ends the session. The cookie stays if the user service is away: a session that goes on must not look as if it had ended.
   * Returns the refusal in that case.
   */
  async end(
    request: Request,
    response: Response,
    { client, session, cookies }: Browser,
  ): Promise<CachedAnswer | undefined> {
    if (session.tokens?.isOfProvider === true) await this.#options.oidc?.revoke(session.tokens.refresh);
    else if (session.tokens) {
      const body = { refresh_token: session.tokens.refresh };
      const call = { method: 'POST', path: '/api/v1/auth/logout', body, client, cookies } as const;
      const answer = await this.#options.ask(request, response, call);
      if (answer.status >= 500) return answer;
    }
    await this.keep(request, response, client, {});
    const draft = draftCookie(client, request);
    if (cookieIn(cookies, draft.name) !== undefined) response.clearCookie(draft.name, draft.options);
    return undefined;
  }

  /** Forgets tokens that are worth nothing; what the session has besides remains. */
  forget(request: Request, response: Response, { client, session }: Browser): Promise<void> {
    return this.keep(request, response, client, { ...session, tokens: undefined });
  }

  /** The session in the cookie as it is, without renewing its tokens. */
  async peek(request: Request, client: Client, cookies: string | undefined): Promise<Session> {
    const sealed = cookieIn(cookies, sessionCookie(client, request).name);
    return (sealed === undefined ? undefined : await this.#options.seal.open(client, sealed)) ?? {};
  }

  /** Writes the session into its cookie; an empty one deletes it. */
  async keep(request: Request, response: Response, client: Client, session: Session): Promise<void> {
    const { name, options } = sessionCookie(client, request);
    if (isEmpty(session)) response.clearCookie(name, options);
    else response.cookie(name, await this.#options.seal.seal(client, session), options);
  }

  /** What the visitor has entered at the checkout, as the server of the pages keeps it; undefined if nothing is kept. */
  async draftIn(request: Request, { client, cookies }: Browser): Promise<string | undefined> {
    const { name } = draftCookie(client, request);
    const sealed = cookieIn(cookies, name);
    const kept = sealed === undefined ? undefined : await this.#options.seal.openValue(name, sealed);
    return Draft.safeParse(kept).data?.draft;
  }

  /** `null` forgets it. */
  async keepDraft(request: Request, response: Response, client: Client, draft: string | null): Promise<void> {
    const { name, options } = draftCookie(client, request);
    if (draft === null) response.clearCookie(name, options);
    else response.cookie(name, await this.#options.seal.sealValue(name, { draft }, DRAFT_S), options);
  }

  /** Keeps the proof that the user has logged in with this browser before. */
  keepDevice(request: Request, response: Response, client: Client, token: string | undefined): void {
    if (token === undefined) return;
    const device = deviceCookie(client, request);
    response.cookie(device.name, token, device.options);
  }

  async #sessionIn(
    request: Request,
    response: Response,
    client: Client,
    cookies: string | undefined,
    sealed: string | undefined,
  ): Promise<Session> {
    if (sealed === undefined) return {};
    const session = await this.#options.seal.open(client, sealed);
    const tokens = session?.tokens;
    if (session && (tokens === undefined || tokens.expiresAt - this.#nowS() >= LEAST_S)) return session;
    if (tokens && !(await this.#mayRenew(tokens))) return { ...session, tokens: undefined };
    const renewed = tokens && (await this.#renew(request, response, client, cookies, tokens));
    const current = { ...session, tokens: renewed };
    await this.keep(request, response, client, current);
    return current;
  }

  async #mayRenew({ refresh }: Tokens): Promise<boolean> {
    const session = createHash('sha256').update(refresh).digest('base64url');
    return (await this.#options.limiter(RENEWAL, session)).isAllowed;
  }

  /** Undefined if the session has ended. Requests that come together share one renewal. */
  #renew(
    request: Request,
    response: Response,
    client: Client,
    cookies: string | undefined,
    { refresh, isOfProvider }: Tokens,
  ): Promise<Tokens | undefined> {
    return this.#renewals.share(refresh, async () => {
      if (isOfProvider === true) {
        const renewed = await this.#options.oidc?.renew(refresh);
        return renewed && this.#tokensOf(renewed, true);
      }
      const { status, body } = await this.#options.ask(request, response, {
        method: 'POST',
        path: '/api/v1/auth/refresh',
        body: { refresh_token: refresh },
        client,
        cookies,
      });
      if (status === 401) return undefined;
      if (status !== 200) throw new Outage(`the session cannot be renewed: ${status}`);
      return this.#tokensOf(Grant.parse(JSON.parse(body.toString())));
    });
  }

  #tokensOf({ access_token, refresh_token, expires_in }: Grant, isOfProvider?: true): Tokens {
    const tokens = { access: access_token, refresh: refresh_token, expiresAt: this.#nowS() + expires_in };
    return isOfProvider ? { ...tokens, isOfProvider } : tokens;
  }

  /** Whether the session of this client may be used on the host of the request. */
  isHostOf(client: Client, { headers }: Request): boolean {
    const { adminHost } = this.#options;
    return adminHost === undefined || (client === 'admin') === (headers.host === adminHost);
  }

  #nowS(): number {
    return this.#options.clock.now().getTime() / 1_000;
  }
}
