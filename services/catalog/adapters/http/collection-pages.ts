import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { after, DAY } from '#kernel/clock.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Collection } from '../../core/domain/collection.ts';
import type { ProductQueries } from '../../core/ports/product-queries.ts';

/** The products of a collection, as `ProductJson.summary`. Hidden ones are left out, and pages are full but for the last. */
export const pageOfProducts = (
  { contents, id }: Collection,
  request: PageRequest,
  queries: Pick<ProductQueries, 'page' | 'summaries'>,
  now: Date,
): Promise<PageResult<string>> => {
  if (contents.kind === 'manual')
    return pageOfManual(`collection ${id}`, contents.productIds, request, queries);
  const { createdWithinDays, ...conditions } = contents.rule;
  const createdFrom = createdWithinDays === undefined ? undefined : after(now, -createdWithinDays * DAY);
  return queries.page({ ...request, ...conditions, createdFrom, sort: contents.sort });
};

interface Listed {
  readonly index: number;
  readonly productId: string;
  readonly json: string;
}

const pageOfManual = async (
  list: string,
  productIds: readonly string[],
  request: PageRequest,
  queries: Pick<ProductQueries, 'summaries'>,
): Promise<PageResult<string>> => {
  const position = positionOf(request, list, 'number');
  if (!position.ok) return position;
  const limit = request.limit + 1;
  const found: Listed[] = [];
  for (let start = startAfter(position.value, productIds); start < productIds.length; start += limit) {
    const some = productIds.slice(start, start + limit);
    const shown = await queries.summaries(some);
    for (const [offset, productId] of some.entries()) {
      const json = shown.get(productId);
      if (json !== undefined) found.push({ index: start + offset, productId, json });
    }
    if (found.length >= limit) break;
  }
  const page = pageOf(found.slice(0, limit), request.limit, ({ index, productId }) => ({
    list,
    value: index,
    id: productId,
  }));
  return page.ok
    ? { ok: true, value: { ...page.value, items: page.value.items.map(({ json }) => json) } }
    : page;
};

/** After the last product of the page before, wherever it is in the list now, or at its former place if it was removed. */
const startAfter = (position: Position | undefined, productIds: readonly string[]): number => {
  if (!position) return 0;
  const index = productIds.indexOf(position.id);
  return index < 0 ? Math.max(0, Number(position.value)) : index + 1;
};
