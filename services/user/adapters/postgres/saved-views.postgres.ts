import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import { MOST_SHOWN, type SavedView } from '../../core/domain/saved-view.ts';
import type { ViewQueries } from '../../core/ports/user-queries.ts';
import type { ViewRepository } from '../../core/ports/user-tx.ts';
import { lockOwn } from './lock-own.ts';

const savedViews = declareTable<SavedView>({
  name: 'users.saved_views',
  key: ['viewId'],
  columns: {
    viewId: 'uuid',
    ownerId: 'uuid',
    list: 'text',
    name: 'text',
    query: 'text',
    isShared: 'boolean',
  },
});

export const postgresViewQueries = (sql: Sql): ViewQueries => ({
  visibleTo: (userId, list) =>
    savedViews.select(
      sql,
      'where list = $2 and (owner_id = $1 or is_shared) order by owner_id <> $1, lower(name), view_id limit $3',
      [userId, list, MOST_SHOWN],
    ),
  ofOwner: (userId) =>
    savedViews.select(sql, 'where owner_id = $1 order by list, lower(name), view_id', [userId]),
});

export const postgresViews = (tx: SqlTransaction): ViewRepository => ({
  lockOwn: async (userId) => {
    await lockOwn(tx, 'views', userId);
    return savedViews.select(tx, 'where owner_id = $1', [userId]);
  },
  find: async (viewId) => (await savedViews.find(tx, [viewId])).get(viewId),
  save: async (view) => {
    for (const write of savedViews.upsert([view], { where: 'saved_views.owner_id = excluded.owner_id' }))
      await tx.write(write);
  },
  remove: async (viewId) => {
    await tx.execute('delete from users.saved_views where view_id = $1', [viewId]);
  },
  removeOwn: async (userId) => {
    await tx.execute('delete from users.saved_views where owner_id = $1', [userId]);
  },
});
