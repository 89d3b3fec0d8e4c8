import { countProducts, countSales } from '../../core/domain/counting.ts';
import type { Fact } from '../../core/domain/fact.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';

/** For tests, and for a shop that keeps nothing. */
export const memoryWarehouse = (): Warehouse => {
  const facts = new Map<string, Fact>();
  return {
    append: async (added) => {
      for (const fact of added) if (!facts.has(fact.factId)) facts.set(fact.factId, fact);
      await Promise.resolve();
    },
    sales: async (period) => Promise.resolve(countSales([...facts.values()], period)),
    topProducts: async (period, limit) =>
      Promise.resolve(countProducts([...facts.values()], period).slice(0, limit)),
    newest: async () => {
      const times = [...facts.values()].map(({ at }) => at.getTime());
      return Promise.resolve(times.length === 0 ? undefined : new Date(Math.max(...times)));
    },
    close: () => Promise.resolve(),
  };
};
