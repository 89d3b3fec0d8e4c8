import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';
import { STAFF_ROLES, type CustomersView, type StaffView } from './view.ts';

export type User = Schemas['Profile'];
export type Session = Schemas['Session'];

const PAGE = 50;
const MOST = 100;

/** Every query of accounts begins with this key. */
export const USERS = 'users';

export const customersQuery = ({ q, status, after }: CustomersView) =>
  queryOptions({
    queryKey: [USERS, 'customers', q, status, after],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/users', {
          params: {
            query: {
              role: 'customer',
              limit: PAGE,
              ...(q === undefined ? {} : { q }),
              ...(status === undefined ? {} : { status }),
              ...(after === undefined ? {} : { cursor: after }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface StaffFound {
  /** By name. */
  readonly items: readonly User[];
  /** Whether a role has more members than are shown. */
  readonly isMore: boolean;
}

const nameKey = ({ last_name: last, first_name: first, email }: User): string => `${last} ${first} ${email}`;

/** Members of staff; the API lists them by role. */
export const staffQuery = ({ q, role, status }: StaffView) =>
  queryOptions({
    queryKey: [USERS, 'staff', q, role, status],
    queryFn: async (): Promise<StaffFound> => {
      const pages = await Promise.all(
        (role === undefined ? STAFF_ROLES : [role]).map((one) =>
          dataOf(
            api.GET('/api/v1/users', {
              params: {
                query: {
                  role: one,
                  limit: MOST,
                  ...(q === undefined ? {} : { q }),
                  ...(status === undefined ? {} : { status }),
                },
              },
            }),
          ),
        ),
      );
      const found = new Map(pages.flatMap(({ items }) => items).map((user) => [user.user_id, user]));
      return {
        items: [...found.values()].sort((one, other) => nameKey(one).localeCompare(nameKey(other))),
        isMore: pages.some(({ next_cursor: next }) => next !== undefined),
      };
    },
    placeholderData: keepPreviousData,
  });

export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: [USERS, 'one', userId],
    queryFn: () => dataOf(api.GET('/api/v1/users/{user_id}', { params: { path: { user_id: userId } } })),
  });

export const sessionsQuery = (userId: string) =>
  queryOptions({
    queryKey: [USERS, 'sessions', userId],
    queryFn: async (): Promise<readonly Session[]> =>
      (await dataOf(api.GET('/api/v1/users/{user_id}/sessions', { params: { path: { user_id: userId } } })))
        .items,
  });

export const addressesQuery = (userId: string) =>
  queryOptions({
    queryKey: [USERS, 'addresses', userId],
    queryFn: async (): Promise<readonly Schemas['SavedAddress'][]> =>
      (await dataOf(api.GET('/api/v1/users/{user_id}/addresses', { params: { path: { user_id: userId } } })))
        .items,
  });

const MOVING_MS = 2_000;

/** Until every service has confirmed it, it is asked for again. */
export const erasureQuery = (erasureId: string) =>
  queryOptions({
    queryKey: [USERS, 'erasure', erasureId],
    queryFn: () =>
      dataOf(api.GET('/api/v1/erasures/{erasure_id}', { params: { path: { erasure_id: erasureId } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'completed' ? false : MOVING_MS),
  });
