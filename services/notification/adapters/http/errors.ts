import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/notification.yaml` in both directions. */
export const errors = {
  MAIL_NOT_FOUND: { status: 404, title: 'No such mail' },
} as const satisfies ErrorCatalogue;

export type NotificationCode = keyof typeof errors;
