import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/notification.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  MAIL_NOT_FOUND: { status: 404, title: 'No such mail' },
  WEBHOOK_DELIVERY_NOT_FOUND: { status: 404, title: 'No such delivery' },
  WEBHOOK_ENDPOINT_NOT_FOUND: { status: 404, title: 'No such webhook endpoint' },
  TOO_MANY_WEBHOOK_ENDPOINTS: { status: 409, title: 'Too many webhook endpoints' },
  WEBHOOK_DELIVERY_PENDING: { status: 409, title: 'Delivery still pending' },
  WEBHOOK_ENDPOINT_DISABLED: { status: 409, title: 'Webhook endpoint disabled' },
  INVALID_WEBHOOK_URL: { status: 422, title: 'Invalid webhook URL' },
} as const satisfies ErrorCatalogue;

export type NotificationCode = keyof typeof errors;
