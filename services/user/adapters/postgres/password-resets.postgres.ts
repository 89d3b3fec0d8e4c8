import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { PasswordReset } from '../../core/domain/password-reset.ts';
import type { PasswordResets } from '../../core/ports/user-tx.ts';

const resets = declareTable<PasswordReset>({
  name: 'users.password_resets',
  key: ['digest'],
  columns: { digest: 'text', userId: 'uuid', credentials: 'integer', expiresAt: 'timestamptz' },
});

export const postgresPasswordResets = (tx: SqlTransaction): PasswordResets => ({
  add: async (reset) => {
    for (const write of resets.insert([reset])) await tx.write(write);
  },
  find: async (digest) => (await resets.find(tx, [digest])).get(digest),
  forgetExpired: (now) =>
    tx.write({
      table: 'password_resets',
      text: 'delete from users.password_resets where expires_at <= $1',
      params: [now],
    }),
});
