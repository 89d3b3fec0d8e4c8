import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/inventory.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  PRODUCT_NOT_FOUND: { status: 404, title: 'No such product' },
  VARIANT_NOT_FOUND: { status: 404, title: 'No such variant' },
  BELOW_RESERVED: { status: 409, title: 'Units are reserved for orders' },
} as const satisfies ErrorCatalogue;

export type InventoryCode = keyof typeof errors;
