import type { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { currentStage } from '../../core/domain/lifecycle.ts';
import type { Product } from '../../core/domain/product.ts';
import { termsOf, termsWanted } from '../../core/domain/terms.ts';
import type { StaffFilter } from '../../core/ports/staff-filter.ts';
import type { StaffQueries } from '../../core/ports/staff-queries.ts';
import { STAFF_SORTS, staffList, staffPosition } from '../staff-sorts.ts';

const TEXTS = ['category', 'subcategory', 'brand'] as const;

export const passesStaffFilter = (filter: StaffFilter): ((product: Product) => boolean) => {
  const wanted = termsWanted(filter);
  return (product) =>
    (!filter.stages || filter.stages.includes(currentStage(product))) &&
    (!filter.updatedSince || product.updatedAt >= filter.updatedSince) &&
    (filter.categoryId === undefined || product.categoryIds.includes(filter.categoryId)) &&
    TEXTS.every((key) => filter[key] === undefined || filter[key] === product[key]) &&
    (filter.tag === undefined || product.tags.includes(filter.tag)) &&
    (wanted.length === 0 || hasAll(termsOf(product), wanted));
};

const hasAll = (terms: readonly string[], wanted: readonly string[]): boolean => {
  const has = new Set(terms);
  return wanted.every((term) => has.has(term));
};

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

export const memoryStaffQueries = ({ committed }: MemoryDatabase): StaffQueries => {
  const products = () => committed.table<Product>('products');
  return {
    find: (productId) => Promise.resolve(products().get(productId)),
    page: (request) => {
      const { sort, limit } = request;
      const { by, isDescending } = STAFF_SORTS[sort];
      const after = positionOf(request, staffList(sort), by);
      if (!after.ok) return Promise.resolve(after);
      const { value: position } = after;
      const order = (a: Position, b: Position): number =>
        (isDescending ? -1 : 1) * (compare(a.value, b.value) || compare(a.id, b.id));
      const at = staffPosition(sort);
      const found = products()
        .find(passesStaffFilter(request))
        .filter((product) => !position || order(at(product), position) > 0)
        .sort((a, b) => order(at(a), at(b)));
      return Promise.resolve(pageOf(found.slice(0, limit + 1), limit, at));
    },
  };
};
