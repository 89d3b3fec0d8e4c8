import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, versionedOf, type Schemas } from '../../api.ts';

export type Import = Schemas['Import'];
export type ImportState = Import['state'];

const PAGE = 25;
const MOVING_MS = 700;
const LIST_MS = 5_000;

export const isMoving = ({ state, stock_pending: pending }: Import): boolean =>
  state === 'checking' || state === 'running' || pending > 0;

export const importsQuery = (after: string | undefined) =>
  queryOptions({
    queryKey: ['imports', 'list', after ?? ''],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/imports', {
          params: { query: { limit: PAGE, ...(after === undefined ? {} : { cursor: after }) } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: LIST_MS,
  });

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', 'one', importId],
    queryFn: () =>
      versionedOf(api.GET('/api/v1/imports/{import_id}', { params: { path: { import_id: importId } } })),
    refetchInterval: ({ state }) =>
      state.data && (isMoving(state.data.value) || state.data.value.state === 'uploading')
        ? MOVING_MS
        : false,
  });

/** @param version of the import: another check has other rows */
export const rowsQuery = (importId: string, version: number) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'rows', importId, version],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/imports/{import_id}/rows', {
          params: {
            path: { import_id: importId },
            query: { limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next,
  });
