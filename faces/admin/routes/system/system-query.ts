import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, auditReason, dataOf, type Schemas } from '../../api.ts';

export type Letter = Schemas['DeadLetter'];
export type Task = Schemas['FailingTask'];
export type ServiceState = Schemas['OperationsOverview']['services'][number];

const LIVE_MS = 5_000;
/** Dead letters of a page, and of a request that redrives them. */
const MOST_LETTERS = 50;

/** Every query of operations begins with this key. */
export const SYSTEM = 'system';

export const overviewQuery = queryOptions({
  queryKey: [SYSTEM, 'overview'],
  queryFn: () => dataOf(api.GET('/api/v1/operations')),
  refetchInterval: LIVE_MS,
});

export const lettersQuery = (service: string) =>
  infiniteQueryOptions({
    queryKey: [SYSTEM, 'letters', service],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/operations/{service}/dead-letters', {
          params: {
            path: { service },
            query: { limit: MOST_LETTERS, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next,
    refetchInterval: LIVE_MS,
  });

/** @param key the beginning of the tasks' keys, such as an order ID */
export const tasksQuery = (service: string, key?: string) =>
  queryOptions({
    queryKey: [SYSTEM, 'tasks', service, key],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/operations/{service}/tasks', {
          params: { path: { service }, query: key === undefined ? {} : { key } },
        }),
      ),
    refetchInterval: LIVE_MS,
  });

export const sagaQuery = (orderId: string) =>
  queryOptions({
    queryKey: [SYSTEM, 'saga', orderId],
    queryFn: () =>
      dataOf(api.GET('/api/v1/staff/orders/{order_id}/saga', { params: { path: { order_id: orderId } } })),
    refetchInterval: LIVE_MS,
  });

const namesOf = (letters: readonly Letter[]) =>
  letters.map(({ consumer, event_id }) => ({ consumer, event_id }));

type Outcomes = Schemas['LetterOutcomes']['items'];

export const redrive = async (
  service: string,
  letters: readonly Letter[],
  reason: string,
): Promise<Outcomes> => {
  const outcomes: Outcomes[number][] = [];
  for (let from = 0; from < letters.length; from += MOST_LETTERS) {
    const { items } = await dataOf(
      api.POST('/api/v1/operations/{service}/dead-letters/redrive', {
        params: { path: { service }, header: auditReason(reason) },
        body: { letters: namesOf(letters.slice(from, from + MOST_LETTERS)) },
      }),
    );
    outcomes.push(...items);
  }
  return outcomes;
};

export const discard = (service: string, letters: readonly Letter[], reason: string): Promise<unknown> =>
  api.POST('/api/v1/operations/{service}/dead-letters/discard', {
    params: { path: { service } },
    body: { letters: namesOf(letters), reason },
  });

export const runNow = (service: string, tasks: readonly Task[], reason: string): Promise<unknown> =>
  api.POST('/api/v1/operations/{service}/tasks/run', {
    params: { path: { service }, header: auditReason(reason) },
    body: { keys: tasks.map(({ key }) => key) },
  });
