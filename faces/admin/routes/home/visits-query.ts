import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';

export type Funnel = Schemas['Funnel'];

const LIVE_MS = 60_000;
/** Searches that found nothing, of which each may be worth a product or a synonym. */
const MOST_SEARCHES = 5;

export const visitsQuery = (days: number) =>
  queryOptions({
    queryKey: ['analytics', 'visits', days],
    queryFn: async () => {
      const [funnel, searches] = await Promise.all([
        dataOf(api.GET('/api/v1/staff/analytics/funnel', { params: { query: { days } } })),
        dataOf(
          api.GET('/api/v1/staff/analytics/searches', {
            params: { query: { days, without_results: true, limit: MOST_SEARCHES } },
          }),
        ),
      ]);
      return { funnel, searches: searches.items };
    },
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
