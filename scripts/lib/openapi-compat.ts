import { METHODS } from '#adapters/http/spec.ts';
import { schemaBreaches, type Breach, type LookUp, type Role, type Schema } from './schema-compat.ts';

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Response {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Content;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-step-up'?: number;
}

type PathItem = Readonly<Record<string, unknown>> & { readonly parameters?: readonly Parameter[] };

/** An OpenAPI document without references to other files, as `loadSpec` gives it. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Changes in `after` that break a client of `before`, or admit callers who were refused. */
export const apiBreaches = (before: ApiDocument, after: ApiDocument): readonly Breach[] =>
  [...operationsOf(before)].flatMap(([where, old]) => {
    const now = operationsOf(after).get(where);
    if (!now) return [{ kind: 'operation-removed', where, detail: '' }];
    const schemas = { before: lookUpIn(before), after: lookUpIn(after) };
    return new Comparison(where, schemas).breaches(old, now);
  });

/** `PUT /api/v1/things/{thing_id}` → the operation, with the parameters of its path, references followed. */
const operationsOf = (document: ApiDocument): ReadonlyMap<string, Operation> => {
  const follow = followIn(document);
  return new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method): [string, Operation][] => {
        const operation = item[method] as Operation | undefined;
        if (!operation) return [];
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(follow);
        const responses = Object.fromEntries(
          Object.entries(operation.responses).map(([status, response]) => [status, follow(response)]),
        );
        return [[`${method.toUpperCase()} ${path}`, { ...operation, parameters, responses }]];
      }),
    ),
  );
};

const followIn =
  ({ components }: ApiDocument) =>
  <T extends object>(part: T & { readonly $ref?: string }): T => {
    if (part.$ref === undefined) return part;
    const [, kind = '', name = ''] = /^#\/components\/([^/]+)\/([^/]+)$/.exec(part.$ref) ?? [];
    const found = components[kind]?.[name];
    if (!found) throw new Error(`${part.$ref} does not resolve`);
    return found as T;
  };

const lookUpIn = (document: ApiDocument): LookUp => {
  const follow = followIn(document);
  return ($ref) => follow<Schema>({ $ref });
};

/** Of one operation in two versions. */
class Comparison {
  readonly #where: string;
  readonly #lookUp: { readonly before: LookUp; readonly after: LookUp };

  constructor(where: string, lookUp: { readonly before: LookUp; readonly after: LookUp }) {
    this.#where = where;
    this.#lookUp = lookUp;
  }

  breaches(before: Operation, after: Operation): readonly Breach[] {
    return [
      ...this.#parameters(before.parameters ?? [], after.parameters ?? []),
      ...this.#requestBody(before, after),
      ...Object.entries(before.responses).flatMap(([status, old]) => this.#response(status, old, after)),
      ...this.#security(before.security ?? [], after.security ?? []),
      ...this.#stepUp(before['x-step-up'], after['x-step-up']),
    ];
  }

  #breach(kind: string, detail: string): Breach {
    return { kind, where: this.#where, detail };
  }

  #schema(
    before: Schema | undefined,
    after: Schema | undefined,
    role: Role,
    part: string,
  ): readonly Breach[] {
    if (!before || !after) return [];
    return schemaBreaches({ before, after, lookUp: this.#lookUp }, role, `${this.#where} ${part}`);
  }

  #parameters(before: readonly Parameter[], after: readonly Parameter[]): readonly Breach[] {
    const find = (list: readonly Parameter[], { name, in: place }: Parameter): Parameter | undefined =>
      list.find((one) => one.name === name && one.in === place);
    const now = after.flatMap((parameter) =>
      parameter.required === true && find(before, parameter)?.required !== true
        ? [this.#breach('parameter-required', parameter.name)]
        : [],
    );
    const then = before.flatMap((parameter) => {
      const same = find(after, parameter);
      if (!same) return [this.#breach('parameter-removed', parameter.name)];
      return this.#schema(parameter.schema, same.schema, 'request', parameter.name);
    });
    return [...now, ...then];
  }

  #requestBody({ requestBody: before }: Operation, { requestBody: after }: Operation): readonly Breach[] {
    const isNew = after?.required === true && before?.required !== true;
    return [
      ...(isNew ? [this.#breach('body-required', '')] : []),
      ...this.#content(before?.content ?? {}, after?.content ?? {}, 'request', 'body'),
    ];
  }

  #response(status: string, before: Response, { responses }: Operation): readonly Breach[] {
    const after = responses[status];
    if (!after) return [this.#breach('response-removed', status)];
    const headers = Object.keys(before.headers ?? {}).filter((name) => !(name in (after.headers ?? {})));
    return [
      ...headers.map((name) => this.#breach('response-header-removed', `${status} ${name}`)),
      ...this.#content(before.content ?? {}, after.content ?? {}, 'response', status),
    ];
  }

  #content(before: Content, after: Content, role: Role, part: string): readonly Breach[] {
    return Object.entries(before).flatMap(([type, { schema }]) => {
      const now = after[type];
      return now
        ? this.#schema(schema, now.schema, role, part)
        : [this.#breach(`${role}-type-of-body-removed`, `${part} ${type}`)];
    });
  }

  /** A proof of who the caller is must not be older than before. A newer one breaks no client: it is asked for. */
  #stepUp(before = Infinity, after = Infinity): readonly Breach[] {
    return after > before ? [this.#breach('security-loosened', `x-step-up ${after}`)] : [];
  }

  /** Each way in that was open stays open, and none opens that was closed: others rely on that as well. */
  #security(before: Security, after: Security): readonly Breach[] {
    const breaches = (kind: string, ways: Security): readonly Breach[] =>
      ways.map((way) => this.#breach(kind, JSON.stringify(way)));
    return [
      ...breaches('security-narrowed', closedWays(before, after)),
      ...breaches('security-loosened', closedWays(after, before)),
    ];
  }
}

type Security = NonNullable<Operation['security']>;

/** Callers in `wanted` that `given` does not admit: another scheme, or other roles. An empty list admits all callers. */
const closedWays = (wanted: Security, given: Security): Security => {
  const isOpen = (way: Security[number]): boolean =>
    given.length === 0 ||
    given.some((one) => Object.entries(one).every(([scheme, roles]) => lets(way, scheme, roles)));
  return (wanted.length === 0 ? [{}] : wanted).filter((way) => !isOpen(way));
};

/** A user needs one of the roles, or only a login if none is listed; a service needs all scopes. */
const lets = (way: Security[number], scheme: string, named: readonly string[]): boolean => {
  const had = way[scheme];
  if (had === undefined) return false;
  if (scheme === 'service') return named.every((scope) => had.includes(scope));
  return named.length === 0 || (had.length > 0 && had.every((role) => named.includes(role)));
};
