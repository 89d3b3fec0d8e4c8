import type { Toolbox } from '#adapters/service/module.ts';
import { mailboxMailer } from '../adapters/mail/mailbox-mailer.ts';
import { smtpMailer } from '../adapters/mail/smtp-mailer.ts';
import type { Mailbox } from '../core/ports/mailbox.ts';
import type { Channel, Mailer, ShortMessage } from '../core/ports/mailer.ts';
import type { NotificationConfig } from './config.ts';

export interface Channels {
  readonly email: Mailer;
  readonly sms?: Channel<ShortMessage> | undefined;
  readonly push?: Channel<ShortMessage> | undefined;
  readonly close: () => void;
}

/** The channels that the settings name. */
export const openChannels = async (
  { clock, profile, logger }: Toolbox,
  config: NotificationConfig,
  mailbox: Mailbox,
): Promise<Channels> => {
  if (config.NOTIFICATION_SMTP_URL !== undefined) {
    const smtp = await smtpMailer(config.NOTIFICATION_SMTP_URL, config.NOTIFICATION_FROM);
    return { email: smtp, close: () => smtp.close() };
  }
  if (profile === 'distributed') logger.warn('NOTIFICATION_SMTP_URL is not set: mails are kept, not sent');
  return { email: mailboxMailer(mailbox, clock), close: () => undefined };
};
