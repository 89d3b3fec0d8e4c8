import { LIMITS } from './limits.ts';
import { operationsOf, type Operation, type Spec } from './spec.ts';

/** An operation of an OpenAPI file, with what an edge must know before it reads the body. */
export interface Endpoint {
  /** `GET`, `POST`, … */
  readonly method: string;
  /** As in the OpenAPI file: `/api/v1/products/{product_id}`. */
  readonly path: string;
  readonly operation: Operation;
  /** Who may call without a token: everyone, and tokens are ignored; guests; no one. */
  readonly access: 'everybody' | 'optional' | 'callers';
  /** Whether its response is the same for all callers, so that shared caches may store it. */
  readonly isShared: boolean;
  /** The names of its query parameters. */
  readonly query: ReadonlySet<string>;
  /** Maximum size of a body. */
  readonly bodyBytes: number;
  /** Whether it takes a file of any type, or a form with files: passed on as it arrives, and never held in memory. */
  readonly takesFile: boolean;
  /** Whether it returns one, of a known length. */
  readonly givesFile: boolean;
}

/** For private responses and changes: no browser or proxy may store them. */
export const NOT_KEPT = 'private, no-store';

/** How OpenAPI files describe the body of a file. */
const ANY_TYPE = '*/*';
/** And of a form with files. */
const MULTIPART = 'multipart/form-data';

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
      takesFile: [ANY_TYPE, MULTIPART].some((type) => operation.requestBody?.content?.[type] !== undefined),
      givesFile: operation.responses['200']?.content?.[ANY_TYPE] !== undefined,
    };
  });

/** `#/components/parameters/Limit`: our OpenAPI files keep shared parameters only there. */
const resolved = ({ components }: Spec, parameter: Parameter): Parameter => {
  const name = parameter.$ref?.split('/').at(-1);
  return name === undefined ? parameter : (components['parameters']?.[name] ?? {});
};

/**
 * The query of `target`, reduced to documented parameters in canonical order and spelling: `+` and `%20` are both a space,
 * and all reserved characters are encoded, as services expect them.
 * Includes the question mark; empty without parameters.
 */
export const queryOf = ({ query }: Pick<Endpoint, 'query'>, target: string): string => {
  const start = target.indexOf('?');
  if (start < 0) return '';
  const given = new URLSearchParams(target.slice(start));
  for (const name of new Set(given.keys())) if (!query.has(name)) given.delete(name);
  given.sort();
  return given.size === 0 ? '' : `?${given.toString().replaceAll('+', '%20').replaceAll('*', '%2A')}`;
};
