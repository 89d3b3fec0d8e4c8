import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/catalog.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  PRODUCT_NOT_FOUND: { status: 404, title: 'No such product' },
  PICTURE_NOT_FOUND: { status: 404, title: 'No such picture' },
  SKU_TAKEN: { status: 409, title: 'SKU already in use' },
  INVALID_FILE: { status: 422, title: 'Invalid import file' },
  INVALID_PRODUCT: { status: 422, title: 'Invalid product' },
} as const satisfies ErrorCatalogue;

export type CatalogCode = keyof typeof errors;
