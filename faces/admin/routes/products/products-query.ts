import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, versionedOf } from '../../api.ts';
import type { ProductsView } from './view.ts';

const PAGE = 50;

/** A page of the list. All that the list knows of the API is here. */
export const productsQuery = ({ stage, missing, sort, q, after }: ProductsView) =>
  queryOptions({
    queryKey: ['products', 'list', { stage, missing, sort, q, after }],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/staff/products', {
          params: {
            query: {
              limit: PAGE,
              ...(stage === undefined ? {} : { status: stage }),
              ...(missing === undefined ? {} : { missing }),
              ...(sort === undefined ? {} : { sort }),
              ...(q === undefined ? {} : { q }),
              ...(after === undefined ? {} : { cursor: after }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const fetchProduct = (productId: string) =>
  versionedOf(
    api.GET('/api/v1/staff/products/{product_id}', { params: { path: { product_id: productId } } }),
  );

/** Never refreshed behind the back of a form. */
export const productQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'one', productId],
    queryFn: () => fetchProduct(productId),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: () => dataOf(api.GET('/api/v1/categories', { params: { query: { include_empty: true } } })),
  staleTime: 60_000,
});
