import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/storefront.yaml` in both directions. */
export const errors = {
  ASSET_NOT_FOUND: { status: 404, title: 'No such file' },
} as const satisfies ErrorCatalogue;

export type StorefrontCode = keyof typeof errors;
