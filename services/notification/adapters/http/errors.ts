import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** Held against `openapi/notification.yaml` by a test, both ways. */
export const errors = {
  MAIL_NOT_FOUND: { status: 404, title: 'No such mail' },
} as const satisfies ErrorCatalogue;

export type NotificationCode = keyof typeof errors;
