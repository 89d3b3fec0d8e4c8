import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, versionedOf } from '../../api.ts';
import type { CollectionsView } from './view.ts';

const PAGE = 50;

/** A page of the list. */
export const collectionsQuery = ({ after }: CollectionsView) =>
  queryOptions({
    queryKey: ['collections', 'list', after],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/staff/collections', {
          params: { query: { limit: PAGE, ...(after === undefined ? {} : { cursor: after }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const fetchCollection = (collection: string) =>
  versionedOf(api.GET('/api/v1/staff/collections/{collection}', { params: { path: { collection } } }));

/** Never refreshed behind the back of a form, nor when it is deleted, like lists. */
export const collectionQuery = (collection: string) =>
  queryOptions({
    queryKey: ['collection', collection],
    queryFn: () => fetchCollection(collection),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const FIRST = 12;

/** The first products that customers see in a published collection. */
export const membersQuery = (collection: string, etag: string) =>
  queryOptions({
    queryKey: ['collections', 'members', collection, etag],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/collections/{collection}/products', {
          params: { path: { collection }, query: { limit: FIRST } },
        }),
      ),
  });
