import type { Mail } from '../domain/mail.ts';

/** Limit of mails in the mailbox; the oldest are deleted first. */
export const MAILBOX_SIZE = 500;

export interface KeptMail extends Mail {
  readonly sentAt: Date;
}

/** Mails that are kept instead of being sent, for development. */
export interface Mailbox {
  /** Adding an existing mail has no effect. */
  keep(mail: KeptMail): Promise<void>;
  /** Newest first. */
  list(wish: { readonly to?: string | undefined; readonly limit: number }): Promise<KeptMail[]>;
  find(mailId: string): Promise<KeptMail | undefined>;
}
