import type { Row } from '#adapters/postgres/columns.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import { emptyWallet, type Wallet } from '../../core/domain/wallet.ts';
import type { WalletRepository } from '../../core/ports/user-tx.ts';

const wallets = declareTable<Wallet>({
  name: 'users.wallets',
  key: ['userId'],
  columns: { userId: 'uuid', methods: 'jsonb' },
});

/** Before all IDs. */
const FIRST = '00000000-0000-0000-0000-000000000000';

export const postgresWallets = (tx: SqlTransaction): WalletRepository => ({
  find: async (userId) => (await wallets.find(tx, [userId])).get(userId) ?? emptyWallet(userId),
  lock: async (userId) => {
    const [row] = await tx.execute<Row>(
      // Also inserts, so that two first methods wait for each other.
      `insert into users.wallets as w (user_id, methods) values ($1, '[]')
       on conflict (user_id) do update set methods = w.methods returning ${wallets.columns('w')}`,
      [userId],
    );
    return row ? wallets.of(row) : emptyWallet(userId);
  },
  lockAfter: async (userId = FIRST, limit) => {
    const rows = await tx.execute<Row>(
      `select ${wallets.columns('w')} from users.wallets w where user_id > $1 order by user_id limit $2 for update`,
      [userId, limit],
    );
    return rows.map(wallets.of);
  },
  save: async (wallet) => {
    for (const write of wallets.upsert([wallet])) await tx.write(write);
  },
});
