import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { paths } from '#client/generated/api.ts';
import { api, dataOf, isRefusal, type Schemas } from '../../api.ts';
import type { Member } from './acts.ts';
import { instantOf, type OrdersView, type View } from './view.ts';

export type Summary = Schemas['OrderSummary'];

const PAGE = 50;
/** In case the connection that reports changes is broken. */
const LIVE_MS = 60_000;

type Query = NonNullable<paths['/api/v1/staff/orders']['get']['parameters']['query']>;

/** What the API calls a view of the list. */
const parametersOf = (view: OrdersView): Query => ({
  ...(view.view === undefined ? {} : { view: view.view }),
  ...(view.q === undefined ? {} : { q: view.q }),
  ...(view.status === undefined ? {} : { status: [view.status] }),
  ...(view.payment === undefined ? {} : { payment_status: view.payment }),
  ...(view.case === undefined ? {} : { open_case: view.case }),
  ...(view.from === undefined ? {} : { placed_from: instantOf(view.from) }),
  ...(view.to === undefined ? {} : { placed_to: instantOf(view.to, 1) }),
  ...(view.min === undefined ? {} : { total_min: view.min }),
  ...(view.max === undefined ? {} : { total_max: view.max }),
  ...(view.carrier === undefined ? {} : { carrier: view.carrier }),
  ...(view.country === undefined ? {} : { country: view.country }),
  ...(view.customer === undefined ? {} : { customer_id: view.customer }),
  ...(view.tag === undefined ? {} : { tag: view.tag }),
  ...(view.assignee === undefined ? {} : { assignee_id: view.assignee }),
  ...(view.mentioned === undefined ? {} : { mentioned_id: view.mentioned }),
  ...(view.sort === undefined ? {} : { sort: view.sort }),
  ...(view.after === undefined ? {} : { cursor: view.after }),
});

const fetchPage = (view: OrdersView): Promise<Schemas['OrderSummaryPage']> =>
  dataOf(api.GET('/api/v1/staff/orders', { params: { query: { limit: PAGE, ...parametersOf(view) } } }));

/** A page of the list, whatever columns are hidden. */
export const ordersQuery = ({ hide: _, ...view }: OrdersView) =>
  queryOptions({
    queryKey: ['orders', 'list', view],
    queryFn: () => fetchPage(view),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });

/** The page of the list that an order was opened from, as it was then: what one works through stays in its order. */
export const openedFromQuery = ({ hide: _, ...view }: OrdersView) =>
  queryOptions({
    queryKey: ['opened-from', view],
    queryFn: () => fetchPage(view),
    staleTime: Infinity,
    gcTime: 0,
  });

/** Orders by view. */
export const countsQuery = queryOptions({
  queryKey: ['orders', 'counts'],
  queryFn: async (): Promise<ReadonlyMap<View, number>> => {
    const { items } = await dataOf(api.GET('/api/v1/staff/orders/counts'));
    return new Map(items.map(({ view, count }) => [view, count]));
  },
  refetchInterval: LIVE_MS,
});

/** Who ordered, which the order itself does not say. */
export const customerQuery = (order: Pick<Schemas['Order'], 'order_id' | 'number'>) =>
  queryOptions({
    queryKey: ['orders', 'customer', order.order_id],
    queryFn: async (): Promise<Summary['customer'] | null> => {
      const { items } = await dataOf(
        api.GET('/api/v1/staff/orders', { params: { query: { q: order.number, limit: 5 } } }),
      );
      return items.find(({ order_id: id }) => id === order.order_id)?.customer ?? null;
    },
    staleTime: Infinity,
  });

/** An order with what staff keep with it. */
export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderId],
    queryFn: () =>
      dataOf(api.GET('/api/v1/staff/orders/{order_id}', { params: { path: { order_id: orderId } } })),
    refetchInterval: LIVE_MS,
  });

export interface Units {
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * What a refund would amount to; computed by the shop. It does not change with the order, but is another one when less is left:
 * after the last refund there is nothing to quote.
 * @param left what can be refunded, as the order says
 */
export const refundQuoteQuery = (orderId: string, left: number, units: readonly Units[], shipping: boolean) =>
  queryOptions({
    queryKey: ['refund-quote', orderId, left, units, shipping],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/orders/{order_id}/refund-quote', {
          params: {
            path: { order_id: orderId },
            query: {
              line: units.map(({ variantId, quantity }) => `${variantId}:${quantity}`),
              shipping,
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
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

/** The invoice and credit notes; none while nothing is paid. */
export const documentsQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'documents', orderId],
    queryFn: async (): Promise<Schemas['Documents']['items']> => {
      const { items } = await dataOf(
        api.GET('/api/v1/orders/{order_id}/documents', { params: { path: { order_id: orderId } } }),
      );
      return items;
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

/** Colleagues who see orders. @param name the beginning of their first or last names; may be empty */
export const colleaguesQuery = (name: string) =>
  queryOptions({
    queryKey: ['colleagues', name],
    queryFn: async (): Promise<readonly Member[]> => {
      const query = { role: 'order_manager' as const, ...(name === '' ? {} : { q: name }) };
      return (await dataOf(api.GET('/api/v1/staff/colleagues', { params: { query } }))).items;
    },
    staleTime: 60_000,
  });
