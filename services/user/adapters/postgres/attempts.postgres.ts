import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Attempts } from '../../core/domain/attempts.ts';
import type { AttemptCounters } from '../../core/ports/user-tx.ts';

export const postgresAttemptCounters = (tx: SqlTransaction): AttemptCounters => ({
  lock: async (account, now) => {
    // The update changes nothing, but locks the row and reads its newest state.
    const [row] = await tx.execute<Attempts>(
      `insert into users.attempts (account, count, since) values ($1, 0, $2)
       on conflict (account) do update set count = attempts.count returning count, since`,
      [account, now],
    );
    if (!row) throw new Error('an upsert returned nothing');
    return row;
  },
  save: (account, { count, since }) =>
    tx.write({
      table: 'attempts',
      text: 'update users.attempts set count = $2, since = $3 where account = $1',
      params: [account, count, since],
      rows: 1,
    }),
  clear: (account) =>
    tx.write({ table: 'attempts', text: 'delete from users.attempts where account = $1', params: [account] }),
  forgetBefore: (since) =>
    tx.write({ table: 'attempts', text: 'delete from users.attempts where since < $1', params: [since] }),
});
