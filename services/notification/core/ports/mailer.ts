import type { Mail, MailContent } from '../domain/mail.ts';
import type { Delivery, Edition } from '../domain/notification.ts';

/** Hands messages to a provider. Called outside any transaction, and possibly again with the same message. */
export interface Channel<Message> {
  /** Throws if the message may be retried. Neither errors nor reasons contain personal data. */
  deliver(message: Message): Promise<Delivery>;
}

/** A rendered mail that is about to leave. */
export interface OutgoingMail extends Mail {
  /** Where one click ends mails of this kind (RFC 8058); marketing has one. */
  readonly unsubscribeUrl?: string | undefined;
}

export type Mailer = Channel<OutgoingMail>;

/** A text message, or a push message. */
export interface ShortMessage {
  readonly messageId: string;
  /** A phone number (E.164), or the registration token of a device. */
  readonly to: string;
  readonly title: string;
  readonly text: string;
}

export interface Rendered extends Edition {
  readonly mail: Mail;
}

/** Renders a mail with its template: in its language, or else in English, or else as plain lines, so that none is lost. */
export interface Renderer {
  render(content: MailContent, unsubscribeUrl?: string): Rendered;
  /** A line for a phone, with the address of the order where the shop has pages. */
  line(content: MailContent): string;
}
