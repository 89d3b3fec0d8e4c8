import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';

export type Figures = Schemas['OrderFigures']['currencies'][number];

const LIVE_MS = 60_000;

export const figuresQuery = (days: number) =>
  queryOptions({
    queryKey: ['orders', 'figures', days],
    queryFn: () => dataOf(api.GET('/api/v1/staff/orders/figures', { params: { query: { days } } })),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
