import type { Goods, StockItem } from '../domain/stock.ts';
import { targetOf, type Target } from '../domain/stock-change.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

interface Aimed {
  readonly target: Target;
}

export const lockTargets = ({ stock }: InventoryTx, changes: readonly Aimed[]): Promise<Goods> => {
  const targets = changes.map(({ target }) => target);
  return stock.lock({
    skus: targets.flatMap((target) => ('sku' in target ? target.sku : [])),
    variantIds: targets.flatMap((target) => ('variantId' in target ? target.variantId : [])),
  });
};

/** There is no such SKU or variant. */
export interface Unknown {
  readonly status: 'unknown';
}

/** Decides changes in order, each about its item as the ones before have left it. */
export const eachTarget = <Change extends Aimed, Outcome extends { readonly item: StockItem }>(
  { shelves, variants }: Goods,
  changes: readonly Change[],
  decide: (item: StockItem, change: Change) => Outcome,
): (Outcome | Unknown)[] => {
  const goods = { shelves: new Map(shelves), variants };
  return changes.map((change) => {
    const item = targetOf(goods, change.target);
    if (!item) return { status: 'unknown' };
    const outcome = decide(item, change);
    goods.shelves.set(outcome.item.sku, outcome.item);
    return outcome;
  });
};
