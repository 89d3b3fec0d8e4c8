/** The endpoints of a path, by method. */
export interface Routed {
  /** `GET`, `POST`, … */
  readonly method: string;
  /** As in the OpenAPI file: `/api/v1/products/{product_id}`. */
  readonly path: string;
}

export interface Match<Route extends Routed> {
  readonly route: Route;
  /** Decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request, or the methods that its path supports; undefined for an unknown path. */
export type Router<Route extends Routed> = (
  method: string,
  path: string,
) => Match<Route> | { readonly allowed: readonly string[] } | undefined;

/** A level of the tree of path segments. */
interface Node<Route> {
  readonly literal: Map<string, Node<Route>>;
  param: { readonly name: string; readonly node: Node<Route> } | undefined;
  readonly routes: Map<string, Route>;
}

const newNode = <Route>(): Node<Route> => ({ literal: new Map(), param: undefined, routes: new Map() });

/** A tree of path segments; a literal segment takes precedence over a parameter. */
export const makeRouter = <Route extends Routed>(routes: readonly Route[]): Router<Route> => {
  const root = newNode<Route>();
  for (const route of routes) insert(root, route);
  return (method, path) => {
    const found = find(root, path.split('/').slice(1), 0, {});
    if (!found) return undefined;
    const route = found.node.routes.get(method === 'HEAD' ? 'GET' : method);
    return route ? { route, params: found.params } : { allowed: [...found.node.routes.keys()] };
  };
};

const insert = <Route extends Routed>(root: Node<Route>, route: Route): void => {
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

/** A segment that cannot be decoded stays encoded; the service will refuse it. */
const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const find = <Route>(
  node: Node<Route>,
  segments: readonly string[],
  index: number,
  params: Readonly<Record<string, string>>,
): { readonly node: Node<Route>; readonly params: Readonly<Record<string, string>> } | undefined => {
  const segment = segments[index];
  if (segment === undefined) return node.routes.size > 0 ? { node, params } : undefined;
  const literal = node.literal.get(segment);
  const found = literal && find(literal, segments, index + 1, params);
  if (found || !node.param || segment === '') return found;
  return find(node.param.node, segments, index + 1, { ...params, [node.param.name]: decode(segment) });
};
