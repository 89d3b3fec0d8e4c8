import type { KeptMail } from '../../core/ports/mailbox.ts';
import { loadPage } from '../templates/load-templates.ts';

/** The HTML page that lists the mails in the mailbox. */
export const makeMailboxPage = () => {
  const template = loadPage('mailbox');
  return (mails: readonly KeptMail[], to: string): string =>
    template({
      to,
      mails: mails.map((mail) => ({
        mailId: mail.mailId,
        sentAt: mail.sentAt.toISOString().replace('T', ' ').slice(0, 19),
        name: mail.to.name,
        email: mail.to.email,
        encodedEmail: encodeURIComponent(mail.to.email),
        subject: mail.subject,
      })),
    });
};
