import { endpointsOf, type Endpoint } from '#adapters/http/endpoint.ts';
import type { Match as MatchOf, Router as RouterOf } from '#adapters/http/router.ts';
import type { Spec } from '#adapters/http/spec.ts';

/** An operation that clients may call, and the service that answers it. */
export interface Route extends Endpoint {
  readonly service: string;
  /** True when it is done once under an `Idempotency-Key`, however often it is asked for. */
  readonly takesKey: boolean;
}

export type Match = MatchOf<Route>;
export type Router = RouterOf<Route>;

/** Which limits a request counts for: those of what its operation says it is. */
export const rateClassOf = ({ route }: Match): string => route.operation['x-rate-class'] ?? 'write';

export interface ServiceSpec {
  readonly service: string;
  readonly spec: Spec;
}

const IDEMPOTENCY_KEY = '#/components/parameters/IdempotencyKey';

/** Not for clients: what services ask each other, and what only operators see. */
const isInternal = (path: string): boolean => path.startsWith('/internal/');

export const routesOf = (specs: readonly ServiceSpec[]): Route[] =>
  specs.flatMap(({ service, spec }) =>
    endpointsOf(spec)
      .filter(({ path }) => !isInternal(path))
      .map((endpoint) => ({
        ...endpoint,
        service,
        takesKey: (endpoint.operation.parameters ?? []).some(
          (parameter) => '$ref' in parameter && parameter.$ref === IDEMPOTENCY_KEY,
        ),
      })),
  );
