import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { PasswordResets } from '../../core/ports/user-tx.ts';

interface ResetRow {
  readonly digest: string;
  readonly user_id: string;
  readonly credentials: number;
  readonly expires_at: Date;
}

export const postgresPasswordResets = (tx: SqlTransaction): PasswordResets => ({
  add: ({ digest, userId, credentials, expiresAt }) =>
    tx.write({
      table: 'password_resets',
      text: `insert into users.password_resets (digest, user_id, credentials, expires_at) values ($1, $2, $3, $4)`,
      params: [digest, userId, credentials, expiresAt],
    }),
  find: async (digest) => {
    const [row] = await tx.query<ResetRow>(
      'select digest, user_id, credentials, expires_at from users.password_resets where digest = $1',
      [digest],
    );
    if (!row) return undefined;
    const { user_id: userId, credentials, expires_at: expiresAt } = row;
    return { digest, userId, credentials, expiresAt };
  },
  forgetExpired: (now) =>
    tx.write({
      table: 'password_resets',
      text: 'delete from users.password_resets where expires_at <= $1',
      params: [now],
    }),
});
