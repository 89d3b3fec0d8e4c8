import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, isRefusal, type Schemas } from '../../api.ts';
import type { ReturnsView, ReturnState } from './view.ts';

export type Return = Schemas['Return'];
/** Of staff: only customers pay. */
export type ReturnAct = Exclude<Schemas['ReturnAct'], 'pay'>;

const PAGE = 50;
/** In case the connection that reports changes is broken. */
const LIVE_MS = 60_000;

/** Returns change with their orders, so their queries begin with the key of orders. */
export const returnsQuery = ({ state, after }: ReturnsView) =>
  queryOptions({
    queryKey: ['orders', 'returns', 'list', state, after],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/staff/returns', {
          params: {
            query: {
              limit: PAGE,
              ...(state === undefined ? {} : { state: [state] }),
              ...(after === undefined ? {} : { cursor: after }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });

export const returnCountsQuery = queryOptions({
  queryKey: ['orders', 'returns', 'counts'],
  queryFn: async (): Promise<ReadonlyMap<ReturnState, number>> => {
    const { items } = await dataOf(api.GET('/api/v1/staff/returns/counts'));
    return new Map(items.map(({ state, count }) => [state, count]));
  },
  refetchInterval: LIVE_MS,
});

export const returnsOfOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'returns', 'of', orderId],
    queryFn: async (): Promise<readonly Return[]> => {
      const { items } = await dataOf(
        api.GET('/api/v1/orders/{order_id}/returns', { params: { path: { order_id: orderId } } }),
      );
      return items;
    },
    refetchInterval: LIVE_MS,
  });

/** A variant that can be sent in place of one that came back. */
export interface Alternative {
  readonly variantId: string;
  readonly text: string;
  readonly price: number;
  readonly currency: string;
}

/** The other variants of a product; none if it is no longer for sale. */
export const alternativesQuery = (productId: string) =>
  queryOptions({
    queryKey: ['alternatives', productId],
    queryFn: async (): Promise<readonly Alternative[]> => {
      try {
        const { variants } = await dataOf(
          api.GET('/api/v1/products/{product_id}', { params: { path: { product_id: productId } } }),
        );
        return variants.map(({ variant_id: variantId, sku, attributes, price, currency }) => ({
          variantId,
          text: [...Object.values(attributes), sku].join(' · '),
          price,
          currency,
        }));
      } catch (error) {
        if (isRefusal(error) && error.status === 404) return [];
        throw error;
      }
    },
  });

/** What an exchange would charge and refund. @param instead what is sent, by the variant that came back */
export const exchangeQuoteQuery = (one: Return, instead: ReadonlyMap<string, string>, isWaived: boolean) =>
  queryOptions({
    queryKey: ['exchange-quote', one.return_id, ...instead, isWaived],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/orders/{order_id}/returns/{return_id}/exchange-quote', {
          params: {
            path: { order_id: one.order_id, return_id: one.return_id },
            query: { instead: [...instead].map((pair) => pair.join(':')), waive: isWaived },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const exchangeBody = (
  instead: ReadonlyMap<string, string>,
  isWaived: boolean,
): Schemas['ReturnExchange'] => ({
  lines: [...instead].map(([variantId, insteadId]) => ({ variant_id: variantId, instead_id: insteadId })),
  ...(isWaived && { waive: true }),
});

/** What the refund of a return would amount to; computed by the shop. Its key is its own: after the refund there is nothing to quote. */
export const returnQuoteQuery = (one: Return, shipping: boolean) =>
  queryOptions({
    queryKey: ['return-quote', one.return_id, shipping],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/orders/{order_id}/returns/{return_id}/refund-quote', {
          params: { path: { order_id: one.order_id, return_id: one.return_id }, query: { shipping } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
