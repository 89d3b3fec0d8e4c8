import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';

const AGAIN_MS = 400;
const TRIES = 4;

interface Found extends Pick<Schemas['Found'], 'found' | 'missing'> {
  /** How often the shop was asked. */
  readonly tries: number;
}

/** Whether the shop will be asked again for kinds that were late. */
export const isPartial = (data: Found | undefined): boolean =>
  data !== undefined && data.missing.length > 0 && data.tries < TRIES;

/** What the shop finds by words. Kinds that were late are asked for again, a few times. */
export const foundQuery = (words: string) =>
  queryOptions({
    queryKey: ['palette', 'found', words],
    queryFn: async ({ client, queryKey }): Promise<Found> => {
      const before = client.getQueryData<Found>(queryKey);
      const found = await dataOf(api.GET('/api/v1/staff/search', { params: { query: { q: words } } }));
      return { ...found, tries: isPartial(before) ? (before?.tries ?? 0) + 1 : 1 };
    },
    refetchInterval: ({ state: { data } }) => (isPartial(data) ? AGAIN_MS : false),
  });
