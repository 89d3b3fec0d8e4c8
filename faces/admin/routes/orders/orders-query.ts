import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, isRefusal, versionedOf, type Schemas } from '../../api.ts';
import type { OrdersView } from './view.ts';

const PAGE = 50;
const LIVE_MS = 10_000;

/** A page of the list. All that the list knows of the API is here. */
export const ordersQuery = ({ view, after }: OrdersView) =>
  queryOptions({
    queryKey: ['orders', 'list', view ?? 'all', after ?? ''],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/orders', {
          params: {
            query: {
              limit: PAGE,
              ...(view === undefined ? {} : { status: view }),
              ...(after === undefined ? {} : { cursor: after }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });

const FINAL: readonly string[] = ['delivered', 'cancelled', 'refunded'];
const MOVING_MS = 3_000;

export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderId],
    queryFn: () =>
      versionedOf(api.GET('/api/v1/orders/{order_id}', { params: { path: { order_id: orderId } } })),
    refetchInterval: ({ state }) =>
      state.data && FINAL.includes(state.data.value.status) ? LIVE_MS : MOVING_MS,
  });

/** Null if there is none yet, or the user may not see it. */
export const paymentQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'payment', orderId],
    queryFn: async (): Promise<Schemas['Payment'] | null> => {
      const { items } = await dataOf(
        api.GET('/api/v1/payments', { params: { query: { order_id: orderId } } }),
      );
      return items[0] ?? null;
    },
    refetchInterval: LIVE_MS,
  });

export const shipmentsQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'shipments', orderId],
    queryFn: async (): Promise<Schemas['Tracking']['shipments']> => {
      try {
        const tracking = await dataOf(
          api.GET('/api/v1/shipments/{order_id}/tracking', { params: { path: { order_id: orderId } } }),
        );
        return tracking.shipments;
      } catch (error) {
        if (isRefusal(error) && error.status === 404) return [];
        throw error;
      }
    },
    refetchInterval: LIVE_MS,
  });
