import { LIMITS } from './limits.ts';
import { operationsOf, type Operation, type Spec } from './spec.ts';

/** An operation of an OpenAPI file, with what an edge must know of it before it reads a request's body. */
export interface Endpoint {
  /** `GET`, `POST`, … */
  readonly method: string;
  /** As its OpenAPI file writes it: `/api/v1/products/{product_id}`. */
  readonly path: string;
  readonly operation: Operation;
  /** Who may call without a token: everybody, whose token is not even looked at; a guest or a user; nobody. */
  readonly access: 'everybody' | 'optional' | 'callers';
  /** Whether its answer is the same for everybody, so that others may keep it. */
  readonly isShared: boolean;
  /** The names of its query parameters. */
  readonly query: ReadonlySet<string>;
  /** Of a body, at most. */
  readonly bodyBytes: number;
}

/** Of what belongs to a caller, and of what changes something: no browser or proxy keeps it. */
export const NOT_KEPT = 'private, no-store';

interface Parameter {
  readonly $ref?: string;
  readonly in?: string;
  readonly name?: string;
}

const accessOf = ({ security = [] }: Operation): Endpoint['access'] => {
  if (security.length === 0) return 'everybody';
  return security.some((one) => Object.keys(one).length === 0) ? 'optional' : 'callers';
};

export const endpointsOf = (spec: Spec): readonly Endpoint[] =>
  operationsOf(spec).map(({ method, path, operation }) => {
    const access = accessOf(operation);
    const parameters: readonly Parameter[] = [
      ...(spec.paths[path]?.parameters ?? []),
      ...(operation.parameters ?? []),
    ];
    const described = parameters.map((one) => resolved(spec, one));
    return {
      method: method.toUpperCase(),
      path,
      operation,
      access,
      isShared: method === 'get' && access === 'everybody',
      query: new Set(described.flatMap((one) => (one.in === 'query' && one.name ? [one.name] : []))),
      bodyBytes: operation['x-max-body-bytes'] ?? LIMITS.bodyBytes,
    };
  });

/** `#/components/parameters/Limit`: the only place where an OpenAPI file keeps parameters. */
const resolved = ({ components }: Spec, parameter: Parameter): Parameter => {
  const name = parameter.$ref?.split('/').at(-1);
  return name === undefined ? parameter : (components['parameters']?.[name] ?? {});
};

/**
 * The query of `target` with nothing but what the endpoint documents, in one order and one spelling: `+` and `%20` are the
 * same space to all who read it. With its question mark; empty when nothing is left.
 */
export const queryOf = ({ query }: Pick<Endpoint, 'query'>, target: string): string => {
  const start = target.indexOf('?');
  if (start < 0) return '';
  const given = new URLSearchParams(target.slice(start));
  for (const name of new Set(given.keys())) if (!query.has(name)) given.delete(name);
  given.sort();
  return given.size === 0 ? '' : `?${given.toString().replaceAll('+', '%20')}`;
};
