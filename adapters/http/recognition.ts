import { HttpProblem } from './problem.ts';
import type { Match, Routed } from './router.ts';

/** What a router finds for a request. */
export type Found<Route extends Routed> = Match<Route> | { readonly allowed: readonly string[] } | undefined;

export const matchOf = <Route extends Routed>(found: Found<Route>): Match<Route> | undefined =>
  found && 'route' in found ? found : undefined;

/** The refusal of a request that matches no operation. */
export const nothingThere = (found: Found<Routed>): HttpProblem =>
  found && 'allowed' in found
    ? new HttpProblem(
        'METHOD_NOT_ALLOWED',
        'The resource does not support this method; see Allow.',
        undefined,
        {
          allow: found.allowed.join(', '),
        },
      )
    : new HttpProblem('NOT_FOUND', 'There is no such resource.');
