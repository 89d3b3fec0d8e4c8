import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';

export type SkuStock = Schemas['SkuStock'];

const LIVE_MS = 60_000;
const MOST_SKUS = 5;

export const stockQuery = (days: number) =>
  queryOptions({
    queryKey: ['analytics', 'stock', days],
    queryFn: async () => {
      const read = async (order: 'least_cover' | 'most_cover') => {
        const params = { query: { days, order, limit: MOST_SKUS } };
        return (await dataOf(api.GET('/api/v1/staff/analytics/stock', { params }))).items;
      };
      const [first, last] = await Promise.all([read('least_cover'), read('most_cover')]);
      return {
        sellsOut: first.filter(({ sold }) => sold > 0),
        unsold: last.filter(({ sold }) => sold === 0),
      };
    },
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
