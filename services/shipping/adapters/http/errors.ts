import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** Held against `openapi/shipping.yaml` by a test, both ways. */
export const errors = {
  SHIPMENT_NOT_FOUND: { status: 404, title: 'No such shipment' },
  LABEL_NOT_FOUND: { status: 404, title: 'No such label' },
} as const satisfies ErrorCatalogue;

export type ShippingCode = keyof typeof errors;
