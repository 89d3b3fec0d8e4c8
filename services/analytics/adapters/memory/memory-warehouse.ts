import { countProducts, countSales, paidIn } from '../../core/domain/counting.ts';
import { customersIn, paidOrdersIn, returningIn } from '../../core/domain/customers.ts';
import type { Fact } from '../../core/domain/fact.ts';
import { bucketOf, type Period } from '../../core/domain/period.ts';
import { countStock } from '../../core/domain/stock-counts.ts';
import { countTerms, topTerms } from '../../core/domain/searches.ts';
import { funnelsIn, sourcesOf, visitsIn, type VisitSummary } from '../../core/domain/visits.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';

/** For tests, and for a shop that keeps nothing. */
export const memoryWarehouse = (): Warehouse => {
  const facts = new Map<string, Fact>();
  const all = (): readonly Fact[] => [...facts.values()];
  const visits = (period: Period): readonly VisitSummary[] =>
    visitsIn(all(), paidIn(all())).filter(({ began }) => bucketOf(period, began) !== undefined);
  return {
    append: async (added) => {
      for (const fact of added) if (!facts.has(fact.factId)) facts.set(fact.factId, fact);
      await Promise.resolve();
    },
    sales: async (period) => Promise.resolve(countSales(all(), period)),
    topProducts: async (period, limit) => Promise.resolve(countProducts(all(), period).slice(0, limit)),
    funnel: async (period) => Promise.resolve(funnelsIn(visits(period), period)),
    sources: async (period) => Promise.resolve(sourcesOf(visits(period))),
    searches: async (period, choice) => Promise.resolve(topTerms(countTerms(all(), period), choice)),
    customers: async (period) => Promise.resolve(customersIn(paidOrdersIn(all()), period)),
    returning: async (period) => Promise.resolve(returningIn(paidOrdersIn(all()), period)),
    stock: async (period) => Promise.resolve(countStock(all(), period)),
    newest: async () => {
      const times = all().map(({ at }) => at.getTime());
      return Promise.resolve(times.length === 0 ? undefined : new Date(Math.max(...times)));
    },
    keepUp: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
};
