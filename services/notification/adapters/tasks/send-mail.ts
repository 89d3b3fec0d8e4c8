import { z } from 'zod';
import type { Clock } from '#kernel/clock.ts';
import type { NewTask, TaskHandler } from '#kernel/tasks.ts';
import { FORMER_KINDS, MAIL_KINDS, STAFF_KINDS, type MailContent } from '../../core/domain/mail.ts';
import type { Delivery } from '../../core/domain/notification.ts';
import type { Mailer, Renderer } from '../../core/ports/mailer.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

/** As stored; must not change. */
export const SEND_MAIL = 'send-letter';

/** The content of a mail, as stored. */
const PAYLOAD = z.object({
  letterId: z.string(),
  kind: z.enum([...MAIL_KINDS, ...FORMER_KINDS, ...STAFF_KINDS]),
  orderId: z.string().exactOptional(),
  to: z.object({ email: z.string(), name: z.string() }),
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** The task that sends a mail. */
export const toSendMailTask = ({ mailId, ...content }: MailContent): NewTask => ({
  key: mailId,
  kind: SEND_MAIL,
  payload: { letterId: mailId, ...content } satisfies z.infer<typeof PAYLOAD>,
});

const contentOf = (payload: unknown): MailContent => {
  const { letterId: mailId, ...content } = PAYLOAD.parse(payload);
  return { mailId, ...content };
};

/** Renders and sends scheduled mails, and records the outcome. */
export const makeSendMail = (
  renderer: Renderer,
  mailer: Mailer,
  clock: Clock,
): TaskHandler<NotificationTx, Delivery> => ({
  kind: SEND_MAIL,
  perform: async ({ payload }) => mailer.send(renderer.render(contentOf(payload))),
  settle: ({ notifications }, done) =>
    notifications.settle(
      done.map(({ task, outcome }) => ({
        notificationId: task.key,
        delivery: outcome,
        settledAt: clock.now(),
      })),
    ),
});
