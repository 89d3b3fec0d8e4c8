import { api } from '../../api.ts';
import { download } from '../../shared/download.ts';

const save = (csv: string | undefined, name: string): void => download(new Blob([csv ?? '']), `${name}.csv`);
const of = (days: number) => ({ params: { query: { days } }, parseAs: 'text' }) as const;

/** Sales by day, with tax and shipping, as a file for spreadsheets; the others likewise. */
export const saveSales = async (days: number): Promise<void> =>
  save((await api.GET('/api/v1/staff/analytics/sales.csv', of(days))).data, `sales-${days}`);

export const saveCustomers = async (days: number): Promise<void> =>
  save((await api.GET('/api/v1/staff/analytics/customers.csv', of(days))).data, `customers-${days}`);

export const saveFunnel = async (days: number): Promise<void> =>
  save((await api.GET('/api/v1/staff/analytics/funnel.csv', of(days))).data, `funnel-${days}`);

export const saveSearches = async (days: number): Promise<void> =>
  save((await api.GET('/api/v1/staff/analytics/searches.csv', of(days))).data, `searches-${days}`);

export const saveStock = async (days: number): Promise<void> =>
  save((await api.GET('/api/v1/staff/analytics/stock.csv', of(days))).data, `stock-${days}`);

/** @param count how many months */
export const saveCohorts = async (count: number): Promise<void> => {
  const options = { params: { query: { count } }, parseAs: 'text' } as const;
  save((await api.GET('/api/v1/staff/analytics/cohorts.csv', options)).data, `cohorts-${count}`);
};
