import type { Request, RequestHandler } from 'express';
import { GUEST, hasRole, isRole, type Principal } from '../auth/principal.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { Outage } from '../resilience/policy.ts';
import { HttpProblem } from './problem.ts';

const principals = new WeakMap<Request, Principal>();

export const principalOf = (request: Request): Principal => principals.get(request) ?? GUEST;

/** Reads the bearer token, if there is one. A bad one is refused even where none is needed. */
export const authenticate =
  (verify: TokenVerifier): RequestHandler =>
  async (request, _response, next) => {
    const header = request.get('authorization');
    if (header === undefined) {
      next();
      return;
    }
    const token = /^Bearer (?<token>[\w.-]+)$/i.exec(header)?.groups?.['token'];
    try {
      if (token === undefined) throw new Error('not a bearer token');
      principals.set(request, await verify(token));
    } catch (error) {
      // Who cannot be asked has refused nobody: a client that heard so would sign its user out.
      const refused = new HttpProblem('UNAUTHENTICATED', 'The access token is not valid or has expired.');
      next(error instanceof Outage ? error : refused);
      return;
    }
    next();
  };

/** Status and message in the form that the OpenAPI middleware passes on. */
const denied = (status: 401 | 403, message: string): Error => Object.assign(new Error(message), { status });

/**
 * `security` of the OpenAPI files. `bearer: []` is any user, `bearer: [a, b]` staff with one of the roles,
 * `service: [a]` another service with the scope.
 */
export const securityHandlers = {
  bearer: (request: Request, roles: readonly string[]): boolean => {
    const principal = principalOf(request);
    if (principal.kind !== 'user') throw denied(401, 'An access token is needed.');
    if (roles.length > 0 && !hasRole(principal, ...roles.filter(isRole)))
      throw denied(403, `Needs one of the roles ${roles.join(', ')}.`);
    return true;
  },
  service: (request: Request, scopes: readonly string[]): boolean => {
    const principal = principalOf(request);
    if (principal.kind === 'guest') throw denied(401, 'An access token is needed.');
    if (principal.kind !== 'service' || !scopes.every((scope) => principal.scopes.includes(scope)))
      throw denied(403, 'For other services only.');
    return true;
  },
};
