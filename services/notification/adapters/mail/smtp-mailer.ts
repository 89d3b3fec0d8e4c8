import type { Delivery } from '../../core/domain/notification.ts';
import type { Mailer, OutgoingMail } from '../../core/ports/mailer.ts';
import { headersOf, SIGNED_HEADERS } from './headers.ts';
import type { Sender } from './sender.ts';

/** A key whose public half is in the DNS of the sender's domain. */
export interface Dkim {
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
}

export interface SmtpOptions {
  readonly timeouts?: Timeouts;
  /** Where the mail server does not sign itself. */
  readonly dkim?: Dkim | undefined;
}

/** Timeout of each step of the server, milliseconds. */
export type Timeouts = Readonly<
  Record<'dnsTimeout' | 'connectionTimeout' | 'greetingTimeout' | 'socketTimeout', number>
>;

/** Their sum is below the timeout of a task. */
export const TIMEOUTS: Timeouts = {
  dnsTimeout: 3_000,
  connectionTimeout: 3_000,
  greetingTimeout: 3_000,
  socketTimeout: 8_000,
};
/** Also the limit of concurrent mails, so that none waits for a connection while its timeout runs. */
export const CONNECTIONS = 5;

export interface SmtpMailer extends Mailer {
  close(): void;
}

/** The server did not accept a mail. Contains no personal data, unlike the library's errors. */
export class MailNotTaken extends Error {
  constructor(reason: string) {
    super(`the mail server did not take it: ${reason}`);
    this.name = 'MailNotTaken';
  }
}

/** @param url `smtp://…` or `smtps://…`, with user and password where they are needed */
export const smtpMailer = async (
  url: string,
  sender: Sender,
  { timeouts = TIMEOUTS, dkim }: SmtpOptions = {},
): Promise<SmtpMailer> => {
  const { createTransport } = await import('nodemailer'); // 40 modules, not needed without a mail server
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
    ...(dkim && {
      dkim: {
        domainName: sender.domain,
        keySelector: dkim.selector,
        privateKey: dkim.privateKey,
        headerFieldNames: SIGNED_HEADERS,
      },
    }),
  });
  return {
    deliver: async (mail) => {
      try {
        await transport.sendMail(messageOf(mail, sender));
        return { status: 'sent' };
      } catch (error) {
        return refusalOf(error);
      }
    },
    close: () => {
      transport.close();
    },
  };
};

const messageOf = ({ mailId, to, subject, html, text, unsubscribeUrl }: OutgoingMail, sender: Sender) => ({
  from: { name: sender.name, address: sender.address },
  to: { name: to.name, address: to.email },
  messageId: `<${mailId}@${sender.domain}>`,
  headers: headersOf(unsubscribeUrl),
  subject,
  html,
  text,
});

/** Response codes about this mail: its recipient or its content. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA'];

/** Permanent if the server says so (5xx); throws if the server may accept the mail later or does not respond. */
const refusalOf = (error: unknown): Delivery => {
  const { command, responseCode, code } = detailsOf(error);
  const reason = `SMTP ${responseCode ?? code ?? 'failure'}`;
  const isFinal = ABOUT_THE_MAIL.includes(command ?? '') && responseCode !== undefined && responseCode >= 500;
  if (!isFinal) throw new MailNotTaken(reason);
  return { status: 'failed', failure: reason };
};

interface Details {
  readonly command?: string;
  readonly responseCode?: number;
  readonly code?: string;
}

const detailsOf = (error: unknown): Details => (typeof error === 'object' && error !== null ? error : {});
