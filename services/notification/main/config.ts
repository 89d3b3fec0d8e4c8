import { z } from 'zod';
import { readConfig } from '#adapters/service/config.ts';
import { parseSender } from '../adapters/mail/sender.ts';

const sender = z.string().transform((text, context) => {
  const parsed = parseSender(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'is neither `Name <address>` nor an address' });
  return z.NEVER;
});

export type NotificationConfig = ReturnType<typeof readNotificationConfig>;

/** The service's settings; see its README. */
export const readNotificationConfig = (env: Readonly<Record<string, string | undefined>>) =>
  readConfig(
    {
      /** Whether mails can be read at /dev/mailbox; by default it depends on the profile. */
      NOTIFICATION_MAILBOX: z.stringbool().optional(),
      /** Base URL of the shop's pages; without it mails contain no links. */
      SHOP_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
      /** Base URL of the gateway, for links to unsubscribe; without it no marketing is sent. */
      NOTIFICATION_API_URL: z
        .url({ protocol: /^https?$/ })
        .transform((url) => url.replace(/\/+$/, ''))
        .optional(),
      /** From a delivery to the request for a review. */
      NOTIFICATION_REVIEW_AFTER_DAYS: z.coerce.number().min(0).max(365).default(7),
      /** From the last item added to a cart to the reminder. */
      NOTIFICATION_CART_AFTER_HOURS: z.coerce.number().min(0).max(720).default(24),
      /** When daily digests are sent, on the clock of each recipient. */
      NOTIFICATION_DIGEST_HOUR: z.coerce.number().int().min(0).max(23).default(8),
      NOTIFICATION_FROM: sender.prefault('The Shop <no-reply@shop.example>'),
    },
    env,
  );
