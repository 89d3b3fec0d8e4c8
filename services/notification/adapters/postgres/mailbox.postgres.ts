import { inBatches } from '#adapters/batching/in-batches.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import { MAILBOX_SIZE, type KeptMail, type Mailbox } from '../../core/ports/mailbox.ts';

/** Mails between two cleanups; lists never show more than the limit. */
const TRIM_EVERY = 50;

const mailbox = declareTable<KeptMail>({
  name: 'notification.mailbox',
  key: ['mailId'],
  columns: {
    mailId: 'uuid',
    kind: 'text',
    to: { email: 'text', name: 'text' },
    subject: 'text',
    html: 'text',
    text: 'text',
    sentAt: 'timestamptz',
  },
});

export const postgresMailbox = (sql: Sql): Mailbox => {
  let untrimmed = 0;
  const keep = async (mails: readonly KeptMail[]): Promise<readonly undefined[]> => {
    for (const { text, params } of mailbox.insertMissing(mails)) await sql.query(text, params);
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
    list: ({ to, limit }) =>
      mailbox.select(
        sql,
        'where $1::text is null or email = $1 order by sent_at desc, mail_id desc limit $2',
        [to ?? null, Math.min(limit, MAILBOX_SIZE)],
      ),
    find: async (mailId) => (await mailbox.find(sql, [mailId])).get(mailId),
  };
};
