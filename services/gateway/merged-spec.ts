import type { Spec } from '#adapters/http/spec.ts';
import type { ServiceSpec } from './routes.ts';

const isPage = (operation: unknown): boolean =>
  typeof operation === 'object' && operation !== null && 'x-pages' in operation;

/** Without the pages for browsers: they are no API. */
const apiOf = (spec: Spec): Spec => ({
  ...spec,
  paths: Object.fromEntries(
    Object.entries(spec.paths).filter(([, item]) => !Object.values(item).some(isPage)),
  ),
});

/** One OpenAPI document of all operations for clients. */
export const mergeSpecs = (specs: readonly ServiceSpec[], title: string): object => {
  const components: Record<string, Record<string, object>> = {};
  const paths: Record<string, unknown> = {};
  const apis = specs
    .map(({ service, spec }) => ({ service, spec: apiOf(spec) }))
    .filter(({ spec }) => Object.keys(spec.paths).length > 0);
  for (const { service, spec } of apis) {
    const renamed = withOwnNames(spec, service, components);
    for (const [path, item] of Object.entries(renamed.paths))
      if (!path.startsWith('/internal/')) paths[path] = { ...(paths[path] ?? {}), ...tagged(item, service) };
    for (const [kind, parts] of Object.entries(renamed.components)) {
      components[kind] = { ...components[kind], ...parts };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1.0.0' },
    servers: [{ url: '/' }],
    tags: apis.map(({ service, spec }) => ({ name: service, description: spec.info.description ?? '' })),
    paths,
    components,
  };
};

/**
 * A component whose name has another meaning in another service gets the service's name as a prefix: `Order` → `shipping_Order`.
 * So does a component that refers to one, since it looks the same but means something else.
 */
const withOwnNames = (
  spec: Spec,
  service: string,
  taken: Readonly<Record<string, Readonly<Record<string, object>>>>,
): Spec => {
  const shared = Object.entries(spec.components).flatMap(([kind, parts]) =>
    Object.entries(parts).flatMap(([name, part]) => {
      const other = taken[kind]?.[name];
      return other === undefined
        ? []
        : [{ kind, name, text: JSON.stringify(part), other: JSON.stringify(other) }];
    }),
  );
  const clashes = shared.filter(({ text, other }) => text !== other);
  // Transitive: the array grows during the loop.
  for (const { kind, name } of clashes) {
    const reference = `"#/components/${kind}/${name}"`;
    clashes.push(...shared.filter((one) => !clashes.includes(one) && one.text.includes(reference)));
  }
  if (clashes.length === 0) return spec;
  let text = JSON.stringify(spec);
  for (const { kind, name } of clashes)
    text = text.replaceAll(`"#/components/${kind}/${name}"`, `"#/components/${kind}/${service}_${name}"`);
  const renamed = JSON.parse(text) as Spec;
  const isClash = (kind: string, name: string): boolean =>
    clashes.some((clash) => clash.kind === kind && clash.name === name);
  const components = Object.fromEntries(
    Object.entries(renamed.components).map(([kind, parts]) => [
      kind,
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [
          isClash(kind, name) ? `${service}_${name}` : name,
          part,
        ]),
      ),
    ]),
  );
  return { ...renamed, components };
};

/** Tags each operation with its service. */
const tagged = (item: object, service: string): object =>
  Object.fromEntries(
    Object.entries(item).map(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && 'operationId' in value
        ? [key, { ...value, tags: [service] }]
        : [key, value],
    ),
  );
