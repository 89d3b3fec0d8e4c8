import type { Mail } from '../domain/letter.ts';

/** Mails that the mailbox keeps at most; the oldest go first. */
export const MAILBOX_SIZE = 500;

export interface KeptMail extends Mail {
  readonly sentAt: Date;
}

/** Mails that were kept in place of being sent; for trying out. */
export interface Mailbox {
  /** One that is kept already stays once. */
  keep(mail: KeptMail): Promise<void>;
  /** The newest first. */
  list(wish: { readonly to?: string | undefined; readonly limit: number }): Promise<KeptMail[]>;
  find(mailId: string): Promise<KeptMail | undefined>;
}
