import type { Sql } from '#adapters/postgres/sql.ts';
import type { LetterKind } from '../../core/domain/letter.ts';
import { MAILBOX_SIZE, type KeptMail, type Mailbox } from '../../core/ports/mailbox.ts';

interface MailRow {
  readonly mail_id: string;
  readonly kind: LetterKind;
  readonly email: string;
  readonly name: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly sent_at: Date;
}

/** Mails between two clearings; lists never show more than there should be. */
const TRIM_EVERY = 50;

const COLUMNS = 'mail_id, kind, email, name, subject, html, text, sent_at';

const toMail = ({ mail_id, email, name, sent_at, ...mail }: MailRow): KeptMail => ({
  ...mail,
  mailId: mail_id,
  to: { email, name },
  sentAt: sent_at,
});

export const postgresMailbox = (sql: Sql): Mailbox => {
  let kept = 0;
  return {
    keep: async ({ mailId, kind, to, subject, html, text, sentAt }) => {
      await sql.query(
        `insert into notification.mailbox (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (mail_id) do nothing`,
        [mailId, kind, to.email, to.name, subject, html, text, sentAt],
      );
      kept += 1;
      if (kept % TRIM_EVERY !== 0) return;
      await sql.query(
        `delete from notification.mailbox where mail_id in (
         select mail_id from notification.mailbox order by sent_at desc, mail_id desc offset $1)`,
        [MAILBOX_SIZE],
      );
    },
    list: async ({ to, limit }) => {
      const rows = await sql.query<MailRow>(
        `select ${COLUMNS} from notification.mailbox where $1::text is null or email = $1
       order by sent_at desc, mail_id desc limit $2`,
        [to ?? null, Math.min(limit, MAILBOX_SIZE)],
      );
      return rows.map(toMail);
    },
    find: async (mailId) => {
      const [row] = await sql.query<MailRow>(
        `select ${COLUMNS} from notification.mailbox where mail_id = $1`,
        [mailId],
      );
      return row && toMail(row);
    },
  };
};
