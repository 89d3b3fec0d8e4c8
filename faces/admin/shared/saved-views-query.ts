import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../api.ts';

export type SavedView = Schemas['SavedView'];

export const viewsQuery = (list: string) =>
  queryOptions({
    queryKey: ['views', list],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/staff/views', { params: { query: { list } }, signal })),
  });

/** Creates the view, or replaces it. */
export const storeView = ({ view_id: id, is_own: _, ...view }: SavedView) =>
  api.PUT('/api/v1/staff/views/{view_id}', { params: { path: { view_id: id } }, body: view });
