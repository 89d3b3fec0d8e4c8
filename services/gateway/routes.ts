import { endpointsOf, type Endpoint } from '#adapters/http/endpoint.ts';
import type { Match as MatchOf, Router as RouterOf } from '#adapters/http/router.ts';
import type { Spec } from '#adapters/http/spec.ts';

/** An operation for clients, and the service that implements it. */
export interface Route extends Endpoint {
  readonly service: string;
  /** True if the operation takes an `Idempotency-Key`. */
  readonly takesKey: boolean;
  /** True if it takes a `Device-Token`. */
  readonly takesDevice: boolean;
}

export type Match = MatchOf<Route>;
export type Router = RouterOf<Route>;

/** The rate limits that a request counts against, as its operation declares. */
export const rateClassOf = ({ route }: Match): string => route.operation['x-rate-class'] ?? 'write';

export interface ServiceSpec {
  readonly service: string;
  readonly spec: Spec;
}

/** The `service` of operations that the gateway answers itself. */
export const GATEWAY = 'gateway';
/** The `service` of operations that every service has; the path names whose are meant. */
export const OPERATIONS = 'operations';

/** A router that sends an operation of every service to the one that its path names, if there is one. */
export const byService =
  (router: Router, services: readonly string[]): Router =>
  (method, path) => {
    const found = router(method, path);
    if (!found || 'allowed' in found || found.route.service !== OPERATIONS) return found;
    const { service = '' } = found.params;
    return services.includes(service) ? { ...found, route: { ...found.route, service } } : undefined;
  };

const IDEMPOTENCY_KEY = '#/components/parameters/IdempotencyKey';
const DEVICE_TOKEN = '#/components/parameters/DeviceToken';

const takes = ({ operation }: Endpoint, parameter: string): boolean =>
  (operation.parameters ?? []).some((one) => '$ref' in one && one.$ref === parameter);

/** Not for clients: calls between services, and operators' endpoints. */
const isInternal = (path: string): boolean => path.startsWith('/internal/');

export const routesOf = (specs: readonly ServiceSpec[]): Route[] =>
  specs.flatMap(({ service, spec }) =>
    endpointsOf(spec)
      .filter(({ path }) => !isInternal(path))
      .map((endpoint) => ({
        ...endpoint,
        service,
        takesKey: takes(endpoint, IDEMPOTENCY_KEY),
        takesDevice: takes(endpoint, DEVICE_TOKEN),
      })),
  );
