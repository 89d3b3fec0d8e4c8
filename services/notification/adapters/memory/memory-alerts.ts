import type { MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { isWanted, withoutPart, type Alert } from '../../core/domain/alert.ts';
import type { AlertQueries, AlertRepository } from '../../core/ports/alerts.ts';

const tableOf = (tables: MemoryTables) => tables.table<Alert>('alerts');
const keyOf = ({ userId, variantId }: Pick<Alert, 'userId' | 'variantId'>): string =>
  `${userId} ${variantId}`;
const byUser = (a: Alert, b: Alert): number => (keyOf(a) < keyOf(b) ? -1 : 1);

export const memoryAlertQueries = (tables: MemoryTables): AlertQueries => {
  const matching = (is: (alert: Alert) => boolean): Alert[] => tableOf(tables).find(is).sort(byUser);
  const follows = ({ userId }: Alert, after: string | undefined): boolean =>
    after === undefined || userId > after;
  return {
    ofUser: (userId) => Promise.resolve(matching((alert) => alert.userId === userId)),
    forStock: (sku, after, limit) =>
      Promise.resolve(
        matching((one) => one.isForStock && one.sku === sku && follows(one, after)).slice(0, limit),
      ),
    forPrice: (variantId, after, limit) =>
      Promise.resolve(
        matching(
          (one) => one.below !== undefined && one.variantId === variantId && follows(one, after),
        ).slice(0, limit),
      ),
    skusWatched: (skus) => {
      const watched = matching((one) => one.isForStock && skus.includes(one.sku));
      return Promise.resolve(new Set(watched.map(({ sku }) => sku)));
    },
    pricesWatched: (variantIds) => {
      const watched = matching((one) => one.below !== undefined && variantIds.includes(one.variantId));
      return Promise.resolve(new Set(watched.map(({ variantId }) => variantId)));
    },
  };
};

export const memoryAlerts = (tx: MemoryTransaction): AlertRepository => ({
  ...memoryAlertQueries(tx),
  put: async (alert) => {
    tableOf(tx).put(keyOf(alert), alert);
    await Promise.resolve();
  },
  end: (userId, part) => {
    const [table, key] = [tableOf(tx), keyOf({ userId, variantId: part.variantId })];
    const alert = table.get(key);
    if (!alert || !isWanted(alert, part)) return Promise.resolve(false);
    const left = withoutPart(alert, part.kind);
    if (left) table.put(key, left);
    else table.delete(key);
    return Promise.resolve(true);
  },
  remove: async (userId, variantId) => {
    tableOf(tx).delete(keyOf({ userId, variantId }));
    await Promise.resolve();
  },
});
