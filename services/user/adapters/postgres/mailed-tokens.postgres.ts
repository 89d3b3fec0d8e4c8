import { declareTable, type Table } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { EmailProof } from '../../core/domain/email-proof.ts';
import type { PasswordReset } from '../../core/domain/password-reset.ts';
import type { MailedTokens } from '../../core/ports/user-tx.ts';

const resets = declareTable<PasswordReset>({
  name: 'users.password_resets',
  key: ['digest'],
  columns: { digest: 'text', userId: 'uuid', credentials: 'integer', expiresAt: 'timestamptz' },
});

const proofs = declareTable<EmailProof>({
  name: 'users.email_proofs',
  key: ['digest'],
  columns: {
    digest: 'text',
    userId: 'uuid',
    email: 'text',
    credentials: 'integer',
    expiresAt: 'timestamptz',
  },
});

const tokensIn = <T>(tx: SqlTransaction, table: Table<T>, name: string): MailedTokens<T> => ({
  add: async (token) => {
    for (const write of table.insert([token])) await tx.write(write);
  },
  find: async (digest) => (await table.find(tx, [digest])).get(digest),
  forgetExpired: (now) =>
    tx.write({ table: name, text: `delete from users.${name} where expires_at <= $1`, params: [now] }),
});

export const postgresPasswordResets = (tx: SqlTransaction) => tokensIn(tx, resets, 'password_resets');
export const postgresEmailProofs = (tx: SqlTransaction) => tokensIn(tx, proofs, 'email_proofs');
