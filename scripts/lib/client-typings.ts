import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { COMMON_ERRORS } from '#adapters/http/problem.ts';
import { operationsOf, type Spec } from '#adapters/http/spec.ts';
import { mergeSpecs } from '#gateway/merged-spec.ts';

const FOLDER = 'clients/typescript/src/generated/';
const KEY = '#/components/parameters/IdempotencyKey';
const DEVICE = '#/components/parameters/DeviceToken';

const literals = (values: readonly string[]): string =>
  [...new Set(values)]
    .sort()
    .map((value) => `'${value}'`)
    .join(' | ');

/** What the client must know when it runs: which operations take a key or a device's token, and by which codes the shop refuses. */
const operationsCode = (document: Spec): string => {
  const operations = operationsOf(document);
  const taking = (parameter: string): string =>
    operations
      .filter(({ operation }) => JSON.stringify(operation).includes(`"$ref":"${parameter}"`))
      .map(({ method, path }) => `'${method.toUpperCase()} ${path}',`)
      .join('');
  const own = operations.flatMap(({ operation }) =>
    Object.values(operation.responses).flatMap((response) => response['x-codes'] ?? []),
  );
  return `/** They take an \`Idempotency-Key\`. */
export const KEYED_OPERATIONS: ReadonlySet<string> = new Set([${taking(KEY)}]);

/** They take a \`Device-Token\`. */
export const DEVICE_OPERATIONS: ReadonlySet<string> = new Set([${taking(DEVICE)}]);

/** What problems are called. */
export type ProblemCode = ${literals([...own, ...Object.keys(COMMON_ERRORS)])};
`;
};

/** Generated file → its code, for the client of all that clients may call. */
export const clientTypings = async (
  specs: readonly { readonly service: string; readonly spec: Spec }[],
): Promise<readonly (readonly [string, string])[]> => {
  const document = mergeSpecs(specs, 'Shop platform');
  const ast = await openapiTS(structuredClone(document) as OpenAPI3, {
    silent: true,
    defaultNonNullable: false,
  });
  return [
    [`${FOLDER}api.ts`, astToString(ast)],
    [`${FOLDER}operations.ts`, operationsCode(document as Spec)],
  ];
};
