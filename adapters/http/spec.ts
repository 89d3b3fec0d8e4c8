import { readFileSync } from 'node:fs';
import { parseYaml } from './parse-yaml.ts';

/** The parts of an OpenAPI 3.1 document that the platform reads. */
export interface Spec {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags?: readonly object[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

export type PathItem = Readonly<Partial<Record<Method, Operation>>> & {
  readonly parameters?: readonly object[];
};

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly object[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  /** Absent from a shared one, which is a reference. */
  readonly requestBody?: { readonly content?: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, DescribedResponse>>;
  readonly 'x-rate-class'?: string;
  readonly 'x-cache-tags'?: readonly string[];
  readonly 'x-streams'?: boolean;
  /** Maximum size of the request body, unless it is the default. */
  readonly 'x-max-body-bytes'?: number;
  /** Services that may call operations with `security: [{ service: … }]`. */
  readonly 'x-consumers'?: readonly string[];
  /** Whether a service may call it on behalf of a user. */
  readonly 'x-acts-for-user'?: boolean;
  /** The area that it changes, for the security log of actions by staff. */
  readonly 'x-audit'?: string;
  /** The client whose pages it belongs to: its session counts, and refusals are pages as well. */
  readonly 'x-pages'?: string;
  /** Whether the gateway says to which visit the request belongs. */
  readonly 'x-visit'?: boolean;
  /** How long ago, in seconds, a user may have proved who they are: for what must not be done with a stolen token. */
  readonly 'x-step-up'?: number;
  /** Whether a success contains tokens of the caller, which the gateway keeps from pages. */
  readonly 'x-gives-tokens'?: boolean;
}

interface DescribedResponse {
  readonly content?: Readonly<Record<string, unknown>>;
  readonly 'x-codes'?: readonly string[];
}

const COMMON = 'common.yaml#/';

const loaded = new Map<string, Spec>();
const parsed = new Map<string, Spec>();

/** Parsed once, as every service refers to the common file. */
const parsedOnce = (file: URL): Spec => {
  const spec =
    parsed.get(file.href) ?? (parseYaml(readFileSync(file, 'utf8').replaceAll(COMMON, '#/')) as Spec);
  parsed.set(file.href, spec);
  return spec;
};

/** Reads an OpenAPI file once, and inlines the components of `common.yaml` that it refers to. */
export const loadSpec = (file: URL): Spec => {
  const spec = loaded.get(file.href) ?? readSpec(file);
  loaded.set(file.href, spec);
  return spec;
};

const readSpec = (file: URL): Spec => {
  const common = parsedOnce(new URL('common.yaml', file));
  const own = parsedOnce(file);
  const components: Record<string, Record<string, object>> = {};
  for (const kind of new Set([...Object.keys(common.components), ...Object.keys(own.components)])) {
    const shared = common.components[kind] ?? {};
    const mine = Object.entries(own.components[kind] ?? {}).filter(
      ([name, part]) => !refersToItself(kind, name, part),
    );
    components[kind] = { ...shared, ...Object.fromEntries(mine) };
  }
  return { ...own, components };
};

/** `bearer: { $ref: 'common.yaml#/…/bearer' }` refers to a shared component that is already inlined. */
const refersToItself = (kind: string, name: string, part: object): boolean =>
  '$ref' in part && part.$ref === `#/components/${kind}/${name}`;

/** Reads an OpenAPI file once, with the operations of another one besides its own. */
export const loadSpecs = (file: URL, more: URL): Spec => {
  const key = `${file.href} ${more.href}`;
  const spec = loaded.get(key) ?? joined(loadSpec(file), loadSpec(more));
  loaded.set(key, spec);
  return spec;
};

const joined = (own: Spec, more: Spec): Spec => {
  const components: Record<string, Record<string, object>> = { ...own.components };
  for (const [kind, parts] of Object.entries(more.components)) {
    const clash = Object.entries(parts).find(([name, part]) => {
      const mine = own.components[kind]?.[name];
      return mine !== undefined && JSON.stringify(mine) !== JSON.stringify(part);
    });
    if (clash)
      throw new Error(`${clash[0]} means something else in ${own.info.title} and ${more.info.title}`);
    components[kind] = { ...components[kind], ...parts };
  }
  return { ...own, paths: { ...own.paths, ...more.paths }, components };
};

/** Every operation with its method and path. */
export const operationsOf = (spec: Spec): { method: Method; path: string; operation: Operation }[] =>
  Object.entries(spec.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );
