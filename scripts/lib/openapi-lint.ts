import { fileURLToPath } from 'node:url';
import { createConfig, lint, type Config } from '@redocly/openapi-core';
import { SHOP_RULES } from './openapi-rules.ts';

/** Redocly's own rules that an OpenAPI file must keep. */
const REDOCLY_RULES = [
  'struct',
  'no-unresolved-refs',
  'no-identical-paths',
  'no-enum-type-mismatch',
  'no-required-schema-properties-undefined',
  'no-invalid-parameter-examples',
  'no-unused-components',
  'operation-operationId',
  'operation-operationId-unique',
  'operation-parameters-unique',
  'operation-summary',
  'operation-tag-defined',
  'path-params-defined',
  'security-defined',
] as const;

/** All rules, by the names under which they are reported. */
export const OPENAPI_RULES: readonly string[] = [
  ...REDOCLY_RULES,
  ...Object.keys(SHOP_RULES).map((name) => `shop/${name}`),
];

let config: Promise<Config> | undefined;

const rules = (): Promise<Config> =>
  (config ??= createConfig({
    plugins: [{ id: 'shop', rules: { oas3: SHOP_RULES } }],
    rules: Object.fromEntries(OPENAPI_RULES.map((name) => [name, 'error'])),
  }));

export interface LintProblem {
  readonly rule: string;
  /** `openapi/cart.yaml#/paths/…` */
  readonly where: string;
  readonly message: string;
}

/** What is wrong with an OpenAPI file, the files that it refers to included. */
export const lintOpenApi = async (file: URL): Promise<readonly LintProblem[]> => {
  const problems = await lint({ ref: fileURLToPath(file), config: await rules() });
  return problems.map(({ ruleId, message, location: [location] }) => ({
    rule: ruleId,
    where: `${location?.source.absoluteRef ?? ''}${location?.pointer ?? ''}`,
    message,
  }));
};
