import { operationsOf, type Operation, type Spec } from '#adapters/http/spec.ts';

/** Names of parameters → values that exist, of which half of the requests take one. */
export type Known = Readonly<Record<string, readonly string[]>>;

interface Described extends Operation {
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string }[];
}

/** What any request may be answered: not allowed, not there, not now. */
const ALWAYS = ['2xx', '3xx', '401', '403', '404', '409', '429'];

/** Statuses by which an operation may refuse a request that is as documented: those whose codes it lists, and … */
const refusals = ({ responses, parameters = [] }: Described): readonly string[] => {
  const documented = Object.keys(responses).filter((status) => responses[status]?.['x-codes'] !== undefined);
  const takes = (name: string): boolean =>
    parameters.some(
      (one) => one.name === name || one.$ref?.endsWith(`/${name.replaceAll('-', '')}`) === true,
    );
  return [
    ...documented,
    ...(takes('If-Match') ? ['412'] : []), // an ETag of another version
    ...(takes('Idempotency-Key') ? ['422'] : []), // a key of another request
  ];
};

/** A registration with a taken address looks like any other, so its user may not exist. */
const MAKES_DECOYS: readonly string[] = ['registerUser'];

/** Text that is not JSON has no schema that it could break. */
const takesText = ({ requestBody }: Described): boolean =>
  requestBody !== undefined && !('application/json' in (requestBody.content ?? {}));

/** TOML, whose strings and arrays are JSON's. */
const table = (name: string, values: Readonly<Record<string, unknown>>): string =>
  [
    name,
    ...Object.entries(values).map(([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)}`),
  ].join('\n');

/** The schemathesis.toml for a shop: which answers of which operation are in order, read from its OpenAPI document. */
export const fuzzSettings = (document: Spec, known: Known): string => {
  const paths = Object.values(document.paths);
  const operations = operationsOf(document).map(({ path, operation }) => {
    const described: Described = operation;
    const shared = (document.paths[path]?.parameters ?? []) as Described['parameters'];
    const parameters = [...(shared ?? []), ...(described.parameters ?? [])];
    const accepted = [...new Set([...ALWAYS, ...refusals({ ...described, parameters })])];
    return [
      table('[[operations]]', { 'include-operation-id': operation.operationId }),
      table('[operations.checks.positive_data_acceptance]', { 'expected-statuses': accepted }),
      ...(MAKES_DECOYS.includes(operation.operationId)
        ? [table('[operations.checks.ensure_resource_availability]', { enabled: false })]
        : []),
      ...(takesText(described)
        ? [table('[operations.checks.negative_data_rejection]', { enabled: false })]
        : []),
    ].join('\n');
  });
  if (paths.length === 0) throw new Error('the document has no paths');
  return [
    table('[checks]', { enabled: true }),
    table('[cache]', { enabled: false }), // each run starts from scratch
    table('[auth]', { 'auto-signup': false }),
    // A text with a NUL is refused everywhere, which no schema can say in one place; tests of their own see to it.
    table('[generation]', { 'allow-x00': false, database: 'none' }),
    ...Object.entries(known).flatMap(([name, values]) => [
      table(`[dictionaries.${JSON.stringify(name)}]`, { values }),
      table(`[parameters.${JSON.stringify(name)}]`, { dictionary: name, probability: 0.5 }),
    ]),
    ...operations,
    '',
  ].join('\n\n');
};
