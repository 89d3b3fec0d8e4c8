import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/shipping.yaml` in both directions. */
export const errors = {
  SHIPMENT_NOT_FOUND: { status: 404, title: 'No such shipment' },
  LABEL_NOT_FOUND: { status: 404, title: 'No such label' },
} as const satisfies ErrorCatalogue;

export type ShippingCode = keyof typeof errors;
