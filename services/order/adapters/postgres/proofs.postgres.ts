import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Proof } from '../../core/domain/proof.ts';
import type { ProofRepository } from '../../core/ports/proofs.ts';

interface Row {
  readonly user_id: string;
  readonly email: string;
  readonly proven_at: Date | null;
  readonly left_at: Date | null;
}

const toProof = ({ user_id, email, proven_at, left_at }: Row): Proof => ({
  userId: user_id,
  email,
  ...(proven_at === null ? {} : { provenAt: proven_at.toISOString() }),
  ...(left_at === null ? {} : { leftAt: left_at.toISOString() }),
});

/** `greatest` ignores null. */
const ADD = `
  insert into orders.proofs (user_id, email, proven_at, left_at) values ($1, $2, $3, $4)
  on conflict (user_id, email) do update set proven_at = greatest(proofs.proven_at, excluded.proven_at),
    left_at = greatest(proofs.left_at, excluded.left_at)`;

const SELECT = 'select user_id, email, proven_at, left_at from orders.proofs';

export const postgresProofRepository = (tx: SqlTransaction): ProofRepository => ({
  add: ({ userId, email, provenAt = null, leftAt = null }) =>
    tx.write({ table: 'proofs', text: ADD, params: [userId, email, provenAt, leftAt] }),
  ofEmail: async (email) => (await tx.query<Row>(`${SELECT} where email = $1`, [email])).map(toProof),
  ofUser: async (userId) => (await tx.query<Row>(`${SELECT} where user_id = $1`, [userId])).map(toProof),
  forget: async (userId) => {
    const own = await tx.query('select email from orders.proofs where user_id = $1', [userId]);
    if (own.length > 0)
      await tx.write({
        table: 'proofs',
        text: 'delete from orders.proofs where user_id = $1',
        params: [userId],
      });
    return own.length;
  },
});
