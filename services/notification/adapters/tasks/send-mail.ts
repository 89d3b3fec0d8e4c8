import { z } from 'zod';
import type { Clock } from '#kernel/clock.ts';
import type { NewTask, Performed, Task, TaskHandler } from '#kernel/tasks.ts';
import { forgetDevices, type Device } from '../../core/application/forget-devices.ts';
import type { Channel } from '../../core/domain/kinds.ts';
import { LOCALES } from '../../core/domain/locale.ts';
import { STORED_KINDS, type MailContent } from '../../core/domain/mail.ts';
import type { Outcome } from '../../core/domain/notification.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

/** As stored; must not change. */
export const SEND: Readonly<Record<Channel, string>> = {
  email: 'send-letter',
  sms: 'send-sms',
  push: 'send-push',
};
export const SEND_MAIL = SEND.email;

/** A message that no provider has accepted after so many attempts, over about three days, has failed. */
export const MOST_ATTEMPTS = 4_300;

/** The content of a message, as stored. */
const PAYLOAD = z.object({
  letterId: z.string(),
  kind: z.enum(STORED_KINDS),
  locale: z.enum(LOCALES).exactOptional(),
  userId: z.string().exactOptional(),
  orderId: z.string().exactOptional(),
  to: z.object({ email: z.string(), name: z.string() }),
  /** A phone number or a device. */
  address: z.string().exactOptional(),
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** The task that sends a message. */
export const toSendTask = (
  { mailId, ...content }: MailContent,
  channel: Channel,
  address?: string,
): NewTask => ({
  key: mailId,
  kind: SEND[channel],
  payload: {
    letterId: mailId,
    ...content,
    ...(address === undefined ? {} : { address }),
  } satisfies z.infer<typeof PAYLOAD>,
});

const contentOf = (payload: unknown): { readonly content: MailContent; readonly address: string } => {
  const { letterId: mailId, address = '', ...content } = PAYLOAD.parse(payload);
  return { content: { mailId, ...content }, address };
};

/** Sends a message, to an address if it is not a mail. Throws if it may be retried. */
export type Send = (content: MailContent, address: string) => Promise<Outcome>;

export interface SendingTools {
  readonly clock: Clock;
  /** Called for each outcome; `isRepeated` if an earlier attempt may have reached the recipient. */
  readonly onOutcome?: (channel: Channel, outcome: Outcome['status'] | 'later', isRepeated: boolean) => void;
}

/** Sends scheduled messages of a channel, and records the outcome. */
export const makeSendTask = (
  channel: Channel,
  send: Send,
  { clock, onOutcome = () => undefined }: SendingTools,
): TaskHandler<NotificationTx, Outcome> => ({
  kind: SEND[channel],
  perform: async ({ payload, attempts }: Task) => {
    const { content, address } = contentOf(payload);
    try {
      const outcome = await send(content, address);
      onOutcome(channel, outcome.status, attempts > 0);
      return outcome;
    } catch (error) {
      onOutcome(channel, 'later', attempts > 0);
      if (attempts < MOST_ATTEMPTS) throw error;
      const reason = error instanceof Error ? error.message : 'no response';
      return { status: 'failed', failure: `gave up: ${reason}` };
    }
  },
  settle: async (tx, done) => {
    await tx.notifications.settle(
      done.map(({ task, outcome }) => ({ notificationId: task.key, outcome, settledAt: clock.now() })),
    );
    await forgetDevices(tx, done.flatMap(goneDevice));
  },
});

const goneDevice = ({ task, outcome }: Performed<Outcome>): readonly Device[] => {
  if (outcome.status === 'sent' || !outcome.isAddressGone) return [];
  const { content, address: token } = contentOf(task.payload);
  return content.userId === undefined ? [] : [{ userId: content.userId, token }];
};
