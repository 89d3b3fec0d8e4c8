import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, isRefusal, versionedOf } from '../../api.ts';
import type { ProductsView } from './view.ts';

const PAGE = 50;

/** What the API calls the filters of a view, in the list and in a bulk edit. */
export const filterOf = ({ stage, missing, q, category }: ProductsView) => ({
  ...(stage === undefined ? {} : { status: stage }),
  ...(missing === undefined ? {} : { missing }),
  ...(q === undefined ? {} : { q }),
  ...(category === undefined ? {} : { category_id: category }),
});

/** A page of the list. */
export const productsQuery = (view: ProductsView) =>
  queryOptions({
    queryKey: ['products', 'list', view],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/staff/products', {
          params: {
            query: {
              limit: PAGE,
              ...filterOf(view),
              ...(view.sort === undefined ? {} : { sort: view.sort }),
              ...(view.after === undefined ? {} : { cursor: view.after }),
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

const MOST_SUGGESTED = 10;

/** Products by words of their names or brands, or by SKU. */
export const suggestionsQuery = (words: string) =>
  queryOptions({
    queryKey: ['products', 'suggestions', words],
    queryFn: async () =>
      (
        await dataOf(
          api.GET('/api/v1/staff/products', { params: { query: { q: words, limit: MOST_SUGGESTED } } }),
        )
      ).items,
  });

/** The name of a product; null if there is no such product. */
export const nameQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'name-for-staff', productId],
    queryFn: async (): Promise<string | null> => {
      try {
        return (await fetchProduct(productId)).value.name;
      } catch (error) {
        if (isRefusal(error) && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: () => dataOf(api.GET('/api/v1/categories', { params: { query: { include_empty: true } } })),
  staleTime: 60_000,
});

export const priceListsQuery = queryOptions({
  queryKey: ['price-lists'],
  queryFn: async () => (await dataOf(api.GET('/api/v1/price-lists'))).items,
  staleTime: 60_000,
});
