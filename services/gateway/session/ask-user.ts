import type { Request, Response } from 'express';
import type { TokenVerifier } from '#adapters/auth/tokens.ts';
import { callerOf } from '#adapters/http/authentication.ts';
import type { Admit } from '../admission.ts';
import { addressOf, localsOf } from '../locals.ts';
import type { CachedAnswer } from '../response-cache.ts';
import { rateClassOf, type Router } from '../routes.ts';
import type { Upstream } from '../upstream.ts';
import { cookieIn, deviceCookie, type Client } from './clients.ts';

export interface UserCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Access token. */
  readonly token?: string;
  readonly client: Client;
  /** The cookies of the request. */
  readonly cookies: string | undefined;
}

/** Calls an operation of the user service for a browser. Rejects if the service does not respond; a refusal is a response. */
export type AskUser = (request: Request, response: Response, call: UserCall) => Promise<CachedAnswer>;

export interface AskUserOptions {
  readonly router: Router;
  readonly verify: TokenVerifier;
  readonly admit: Admit;
  readonly upstream: Upstream;
}

export const makeAskUser =
  ({ router, verify, admit, upstream }: AskUserOptions): AskUser =>
  async (request, response, { method, path, body, token, client, cookies }) => {
    const match = router(method, path);
    if (!match || 'allowed' in match) throw new Error(`no service has ${method} ${path}`);
    const { 'user-agent': agent } = request.headers;
    const device = cookieIn(cookies, deviceCookie(client, request).name);
    const authorization = token === undefined ? undefined : `Bearer ${token}`;
    const caller = await callerOf(verify, match.route, authorization);
    if (!caller.ok) throw new Error(`a token from the user service is refused: ${caller.error.detail}`);
    const { signal } = new AbortController(); // others may wait for the same response
    return admit(
      match.route.service,
      rateClassOf(match),
      () =>
        upstream.answer({
          match,
          target: path,
          headers: {
            accept: 'application/json',
            ...(body && { 'content-type': 'application/json' }),
            ...(agent !== undefined && { 'user-agent': agent }),
            ...(device !== undefined && { 'device-token': device }),
            ...(authorization !== undefined && { authorization }),
          },
          body: body && Buffer.from(JSON.stringify(body)),
          principal: caller.value,
          address: addressOf(request, response),
          correlationId: String(response.getHeader('x-correlation-id')),
          traceparent: localsOf(response).traceparent,
          answerMs: undefined,
          isRepeatable: method === 'GET',
          signal,
        }),
      signal,
    );
  };
