import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Product } from '../domain/product.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import type { ProductFilter, ProductQueries } from '../ports/product-queries.ts';

/** Products that match, in pages and ordered by ID; each as of when its page is read. */
export type ProductPages = (filter: ProductFilter) => AsyncIterable<readonly Product[]>;

const AT_ONCE = 200;

export const makeProductPages = (
  unitOfWork: UnitOfWork<CatalogTx>,
  queries: Pick<ProductQueries, 'select'>,
): ProductPages =>
  async function* (filter) {
    let last: string | undefined;
    for (;;) {
      const ids = await queries.select(filter, last, AT_ONCE);
      const found = await unitOfWork.run(({ products }) => products.findAll(ids));
      const page = ids.flatMap((id) => found.get(id) ?? []);
      if (page.length > 0) yield page;
      if (ids.length < AT_ONCE) return;
      last = ids.at(-1);
    }
  };
