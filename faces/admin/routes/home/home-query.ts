import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';
import { download } from '../../shared/download.ts';

export type Figures = Schemas['OrderFigures']['currencies'][number];

const LIVE_MS = 60_000;

export const figuresQuery = (days: number) =>
  queryOptions({
    queryKey: ['orders', 'figures', days],
    queryFn: () => dataOf(api.GET('/api/v1/staff/orders/figures', { params: { query: { days } } })),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });

/** Sales by day, with tax and shipping, as a file for spreadsheets. */
export const saveSales = async (days: number): Promise<void> => {
  const params = { query: { days } };
  const { data } = await api.GET('/api/v1/staff/analytics/sales.csv', { params, parseAs: 'blob' });
  download(new Blob([data ?? '']), `sales-${days}.csv`);
};
