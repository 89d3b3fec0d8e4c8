import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { MOST_SHOWN, type SavedView } from '../../core/domain/saved-view.ts';
import type { ViewQueries } from '../../core/ports/user-queries.ts';
import type { ViewRepository } from '../../core/ports/user-tx.ts';

const viewsOf = (tables: MemoryTables) => tables.table<SavedView>('saved_views');

/** Lists in their order, names without regard to case. */
const compare = (a: SavedView, b: SavedView): number => (orderOf(a) < orderOf(b) ? -1 : 1);
const orderOf = ({ list, name, viewId }: SavedView): string => `${list}\n${name.toLowerCase()}\n${viewId}`;

export const memoryViewQueries = ({ committed }: MemoryDatabase): ViewQueries => {
  const ofOwner = (userId: string): readonly SavedView[] =>
    viewsOf(committed)
      .find(({ ownerId }) => ownerId === userId)
      .sort(compare);
  return {
    visibleTo: (userId, list) => {
      const own = ofOwner(userId).filter((view) => view.list === list);
      const shared = viewsOf(committed)
        .find((view) => view.ownerId !== userId && view.isShared && view.list === list)
        .sort(compare);
      return Promise.resolve([...own, ...shared].slice(0, MOST_SHOWN));
    },
    ofOwner: (userId) => Promise.resolve(ofOwner(userId)),
  };
};

export const memoryViews = (tx: MemoryTransaction): ViewRepository => ({
  lockOwn: (userId) => Promise.resolve(viewsOf(tx).find(({ ownerId }) => ownerId === userId)),
  find: (viewId) => Promise.resolve(viewsOf(tx).get(viewId)),
  save: async (view) => {
    const before = viewsOf(tx).get(view.viewId);
    if (before && before.ownerId !== view.ownerId) throw new VersionConflict('saved view');
    viewsOf(tx).put(view.viewId, view);
    await Promise.resolve();
  },
  remove: async (viewId) => {
    viewsOf(tx).delete(viewId);
    await Promise.resolve();
  },
  removeOwn: async (userId) => {
    for (const { viewId } of viewsOf(tx).find(({ ownerId }) => ownerId === userId))
      viewsOf(tx).delete(viewId);
    await Promise.resolve();
  },
});
