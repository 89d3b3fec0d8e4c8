import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api.ts';

const AGAIN_MS = 400;
const TRIES = 4;

/** What the shop finds by words. Kinds that were late are asked for again, a few times. */
export const foundQuery = (words: string) =>
  queryOptions({
    queryKey: ['palette', 'found', words],
    queryFn: () => dataOf(api.GET('/api/v1/staff/search', { params: { query: { q: words } } })),
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data !== undefined && data.missing.length > 0 && dataUpdateCount < TRIES ? AGAIN_MS : false,
  });
