import { inBatches } from '#adapters/batching/in-batches.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type { MailKind } from '../../core/domain/mail.ts';
import { MAILBOX_SIZE, type KeptMail, type Mailbox } from '../../core/ports/mailbox.ts';

interface MailRow {
  readonly mail_id: string;
  readonly kind: MailKind;
  readonly email: string;
  readonly name: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly sent_at: Date;
}

/** Mails between two cleanups; lists never show more than the limit. */
const TRIM_EVERY = 50;

const COLUMNS = 'mail_id, kind, email, name, subject, html, text, sent_at';

const toMail = ({ mail_id, email, name, sent_at, ...mail }: MailRow): KeptMail => ({
  ...mail,
  mailId: mail_id,
  to: { email, name },
  sentAt: sent_at,
});

export const postgresMailbox = (sql: Sql): Mailbox => {
  let untrimmed = 0;
  const keep = async (mails: readonly KeptMail[]): Promise<readonly undefined[]> => {
    await sql.query(
      `insert into notification.mailbox (${COLUMNS})
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
         $8::timestamptz[])
       on conflict (mail_id) do nothing`,
      [
        mails.map(({ mailId }) => mailId),
        mails.map(({ kind }) => kind),
        mails.map(({ to }) => to.email),
        mails.map(({ to }) => to.name),
        mails.map(({ subject }) => subject),
        mails.map(({ html }) => html),
        mails.map(({ text }) => text),
        mails.map(({ sentAt }) => sentAt),
      ],
    );
    untrimmed += mails.length;
    if (untrimmed >= TRIM_EVERY) {
      untrimmed = 0;
      await sql.query(
        `delete from notification.mailbox where mail_id in (
         select mail_id from notification.mailbox order by sent_at desc, mail_id desc offset $1)`,
        [MAILBOX_SIZE],
      );
    }
    return mails.map(() => undefined);
  };
  return {
    keep: inBatches(keep, ({ mailId }) => mailId),
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
