import type { ErrorCatalogue } from '#adapters/http/problem.ts';
import { COMMON_ERRORS } from '#adapters/http/problem.ts';
import { operationsOf, type Spec } from '#adapters/http/spec.ts';

/** `404 PRODUCT_NOT_FOUND` for each code that a spec documents. */
export const documentedCodes = (spec: Spec): string[] => {
  const found = operationsOf(spec).flatMap(({ operation }) =>
    Object.entries(operation.responses).flatMap(([status, response]) =>
      (response['x-codes'] ?? []).map((code) => `${status} ${code}`),
    ),
  );
  return [...new Set(found)].filter((entry) => !(entry.slice(4) in COMMON_ERRORS)).sort();
};

/** The same of a service's error catalogue. The two must be equal. */
export const cataloguedCodes = (errors: ErrorCatalogue): string[] =>
  Object.entries(errors)
    .map(([code, { status }]) => `${status} ${code}`)
    .sort();
