import type { Clock } from '#kernel/clock.ts';
import type { Mailbox } from '../../core/ports/mailbox.ts';
import type { Mailer } from '../../core/ports/mailer.ts';

/** Keeps mails instead of sending them. */
export const mailboxMailer = (mailbox: Mailbox, clock: Clock): Mailer => ({
  deliver: async ({ unsubscribeUrl: _, ...mail }) => {
    await mailbox.keep({ ...mail, sentAt: clock.now() });
    return { status: 'sent' };
  },
});
