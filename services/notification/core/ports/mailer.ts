import type { MailContent, Mail } from '../domain/mail.ts';
import type { Delivery } from '../domain/notification.ts';

/** Sends mails. Called outside any transaction, and possibly again with the same mail. */
export interface Mailer {
  /** Throws if the mail may be retried. Neither errors nor reasons contain personal data. */
  send(mail: Mail): Promise<Delivery>;
}

/** Renders a mail with its template. */
export interface Renderer {
  render(content: MailContent): Mail;
}
