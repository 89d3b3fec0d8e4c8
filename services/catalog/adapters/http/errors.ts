import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** Held against `openapi/catalog.yaml` by a test, both ways. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'The cursor cannot be used here' },
  PRODUCT_NOT_FOUND: { status: 404, title: 'No such product' },
  PICTURE_NOT_FOUND: { status: 404, title: 'No such picture' },
  SKU_TAKEN: { status: 409, title: 'A SKU belongs to another product' },
  INVALID_FILE: { status: 422, title: 'The file cannot be imported as it is' },
  INVALID_PRODUCT: { status: 422, title: 'The product does not make sense' },
} as const satisfies ErrorCatalogue;

export type CatalogCode = keyof typeof errors;
