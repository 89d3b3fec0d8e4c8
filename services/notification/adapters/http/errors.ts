import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/notification.yaml` in both directions. */
export const errors = {
  MAIL_NOT_FOUND: { status: 404, title: 'No such mail' },
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  NOTIFICATION_NOT_FOUND: { status: 404, title: 'No such message' },
  NOT_KEPT: { status: 422, title: 'What the message was about is not kept' },
  UNKNOWN_TIME_ZONE: { status: 422, title: 'Unknown time zone' },
  UNKNOWN_KIND: { status: 422, title: 'Unknown kind of message' },
  CANNOT_OPT_OUT: { status: 422, title: 'This must be sent' },
  CANNOT_WAIT: { status: 422, title: 'This cannot wait' },
  UNKNOWN_TOKEN: { status: 404, title: 'Unknown token' },
  NOT_SUPPRESSED: { status: 404, title: 'Not suppressed' },
  NOT_SOLD: { status: 404, title: 'Not sold here' },
  TOO_MANY_ALERTS: { status: 409, title: 'Too many alerts' },
  NO_CODE: { status: 409, title: 'No code can be sent' },
  WRONG_CODE: { status: 422, title: 'Wrong code' },
  NOT_ONE_CLICK: { status: 422, title: 'Not a one-click request' },
  WEBHOOK_DELIVERY_NOT_FOUND: { status: 404, title: 'No such delivery' },
  WEBHOOK_ENDPOINT_NOT_FOUND: { status: 404, title: 'No such webhook endpoint' },
  TOO_MANY_WEBHOOK_ENDPOINTS: { status: 409, title: 'Too many webhook endpoints' },
  WEBHOOK_DELIVERY_PENDING: { status: 409, title: 'Delivery still pending' },
  WEBHOOK_ENDPOINT_DISABLED: { status: 409, title: 'Webhook endpoint disabled' },
  WEBHOOK_RECOVERY_RUNNING: { status: 409, title: 'Recovery still running' },
  INVALID_WEBHOOK_URL: { status: 422, title: 'Invalid webhook URL' },
} as const satisfies ErrorCatalogue;

export type NotificationCode = keyof typeof errors;
