import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { EmailProof } from '../../core/domain/email-proof.ts';
import type { EmailProofs } from '../../core/ports/user-tx.ts';

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

export const postgresEmailProofs = (tx: SqlTransaction): EmailProofs => ({
  add: async (proof) => {
    for (const write of proofs.insert([proof])) await tx.write(write);
  },
  find: async (digest) => (await proofs.find(tx, [digest])).get(digest),
  forgetExpired: (now) =>
    tx.write({
      table: 'email_proofs',
      text: 'delete from users.email_proofs where expires_at <= $1',
      params: [now],
    }),
});
