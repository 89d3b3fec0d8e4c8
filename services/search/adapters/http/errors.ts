import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/search.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  RULE_NOT_FOUND: { status: 404, title: 'No such rule' },
  INVALID_RULE: { status: 422, title: 'Invalid rule' },
  TOO_MANY_RULES: { status: 422, title: 'Too many rules' },
} as const satisfies ErrorCatalogue;

export type SearchCode = keyof typeof errors;
