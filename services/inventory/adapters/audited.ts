import { makeTrail, type Audited, type AuditedKind, type Auditing } from '#adapters/service/audited.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Shelf } from '../core/domain/stock.ts';
import type { InventoryTx, StockRepository } from '../core/ports/inventory-tx.ts';

const SHELVES: AuditedKind<Shelf> = {
  kind: 'stock',
  idOf: ({ sku }) => sku,
  versionOf: ({ version }) => version,
  show: ({ version, stock, reserved, lowStockThreshold }) => ({
    version,
    stock,
    reserved,
    lowStockThreshold,
  }),
};

const auditedStock: Auditing<StockRepository> = (repository, tell) => {
  const trail = makeTrail(
    SHELVES,
    async (sku) => (await repository.lock({ skus: [sku] })).shelves.get(sku),
    tell,
  );
  return {
    ...repository,
    lock: async (selection) => {
      const goods = await repository.lock(selection);
      trail.sawAll(goods.shelves);
      return goods;
    },
    save: (shelves) => trail.saved(shelves, () => repository.save(shelves)),
  };
};

/** What the audit trail shows of the inventory: the shelf of a SKU. */
export const audited: Audited<Omit<InventoryTx, keyof BaseTx>> = {
  service: 'inventory',
  repositories: { stock: auditedStock },
};
