import { operationsOf, type Operation, type Spec } from '#adapters/http/spec.ts';

/** An operation that clients may call, and the service that answers it. */
export interface Route {
  readonly service: string;
  readonly method: string;
  /** As its OpenAPI file writes it: `/api/v1/products/{product_id}`. */
  readonly path: string;
  readonly operation: Operation;
  /** True when the operation can be called without a token. */
  readonly isPublic: boolean;
  /** True when it is done once under an `Idempotency-Key`, however often it is asked for. */
  readonly takesKey: boolean;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Which limits a request counts for: those of what its operation says it is. */
export const rateClassOf = ({ route }: Match): string => route.operation['x-rate-class'] ?? 'write';

export interface ServiceSpec {
  readonly service: string;
  readonly spec: Spec;
}

/** A level of the tree of path segments. */
interface Node {
  readonly literal: Map<string, Node>;
  param: { readonly name: string; readonly node: Node } | undefined;
  readonly routes: Map<string, Route>;
}

const newNode = (): Node => ({ literal: new Map(), param: undefined, routes: new Map() });

const IDEMPOTENCY_KEY = '#/components/parameters/IdempotencyKey';

/** Not for clients: what services ask each other, and what only operators see. */
const isInternal = (path: string): boolean => path.startsWith('/internal/');

const isOpenToAll = ({ security = [] }: Operation): boolean =>
  security.length === 0 || security.some((scheme) => Object.keys(scheme).length === 0);

export const routesOf = (specs: readonly ServiceSpec[]): Route[] =>
  specs.flatMap(({ service, spec }) =>
    operationsOf(spec)
      .filter(({ path }) => !isInternal(path))
      .map(({ method, path, operation }) => ({
        service,
        method: method.toUpperCase(),
        path,
        operation,
        isPublic: isOpenToAll(operation),
        takesKey: (operation.parameters ?? []).some(
          (parameter) => '$ref' in parameter && parameter.$ref === IDEMPOTENCY_KEY,
        ),
      })),
  );

/** Finds the route of a request, or the methods that its path would take; undefined when nothing is there. */
export type Router = (
  method: string,
  path: string,
) => Match | { readonly allowed: readonly string[] } | undefined;

/** A tree of path segments; a literal segment wins over a parameter. */
export const makeRouter = (routes: readonly Route[]): Router => {
  const root = newNode();
  for (const route of routes) insert(root, route);
  return (method, path) => {
    const found = find(root, path.split('/').slice(1), 0, {});
    if (!found) return undefined;
    const route = found.node.routes.get(method === 'HEAD' ? 'GET' : method);
    return route ? { route, params: found.params } : { allowed: [...found.node.routes.keys()] };
  };
};

const insert = (root: Node, route: Route): void => {
  let node = root;
  for (const segment of route.path.split('/').slice(1)) {
    const name = /^\{(?<name>.+)\}$/.exec(segment)?.groups?.['name'];
    if (name !== undefined) {
      node.param ??= { name, node: newNode() };
      node = node.param.node;
    } else {
      const next = node.literal.get(segment) ?? newNode();
      node.literal.set(segment, next);
      node = next;
    }
  }
  node.routes.set(route.method, route);
};

/** What cannot be decoded stays as it is, for the service to refuse. */
const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const find = (
  node: Node,
  segments: readonly string[],
  index: number,
  params: Readonly<Record<string, string>>,
): { readonly node: Node; readonly params: Readonly<Record<string, string>> } | undefined => {
  const segment = segments[index];
  if (segment === undefined) return node.routes.size > 0 ? { node, params } : undefined;
  const literal = node.literal.get(segment);
  const found = literal && find(literal, segments, index + 1, params);
  if (found || !node.param || segment === '') return found;
  return find(node.param.node, segments, index + 1, { ...params, [node.param.name]: decode(segment) });
};
