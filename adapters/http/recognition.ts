import type { Request, RequestHandler } from 'express';
import { NOT_KEPT, queryOf, type Endpoint } from './endpoint.ts';
import { HttpProblem } from './problem.ts';
import type { Match, Router } from './router.ts';

const matches = new WeakMap<Request, Match<Endpoint>>();

/** The operation found by `recognise`; undefined if there is none. */
export const findMatch = (request: Request): Match<Endpoint> | undefined => matches.get(request);

/** The same; throws if `recognise` has not run. */
export const matchOf = (request: Request): Match<Endpoint> => {
  const match = findMatch(request);
  if (!match) throw new Error('the request was not recognised');
  return match;
};

/** The documented path of the request; `other` if there is none. */
export const routeOf = (request: Request): string => matches.get(request)?.route.path ?? 'other';

/**
 * Finds the operation of a request before any other handler runs, and removes undocumented query parameters. Marks every
 * response that is not the same for all callers as private.
 */
export const recognise =
  (router: Router<Endpoint>): RequestHandler =>
  (request, response, next) => {
    const match = router(request.method, request.path);
    if (!match) throw new HttpProblem('NOT_FOUND', 'There is no such resource.');
    if ('allowed' in match) {
      const headers = { Allow: match.allowed.join(', ') };
      throw new HttpProblem(
        'METHOD_NOT_ALLOWED',
        'The resource does not support this method; see Allow.',
        undefined,
        headers,
      );
    }
    const { route } = match;
    matches.set(request, match);
    request.url = request.path + queryOf(route, request.url);
    request.originalUrl = request.url;
    if (!route.isShared) response.setHeader('Cache-Control', NOT_KEPT);
    next();
  };
