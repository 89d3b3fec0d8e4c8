import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { DocumentQueries, StoredDocument } from '#kernel/documents.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';

/** A page of documents, newest first. Pages are full but for the last, whatever is left out. */
export const newestFirst = async <T extends StoredDocument>(
  queries: Pick<DocumentQueries<T>, 'page'>,
  list: string,
  request: PageRequest,
  isShown: (document: T) => boolean = () => true,
): Promise<PageResult<T>> => {
  const position = positionOf(request, list, 'text');
  if (!position.ok) return position;
  const limit = request.limit + 1;
  const found: T[] = [];
  for (let last = position.value?.id, isDone = false; !isDone;) {
    const some: readonly T[] = await queries.page({ limit, after: last, isDescending: true });
    found.push(...some.filter(isShown));
    last = some.at(-1)?.id;
    isDone = found.length >= limit || some.length < limit;
  }
  return pageOf(found.slice(0, limit), request.limit, ({ id }) => ({ list, value: id, id }));
};
