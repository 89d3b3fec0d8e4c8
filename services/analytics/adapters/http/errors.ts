import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/analytics.yaml` in both directions. */
export const errors = {
  INVALID_PERIOD: { status: 422, title: 'There is no such period' },
} as const satisfies ErrorCatalogue;

export type AnalyticsCode = keyof typeof errors;
