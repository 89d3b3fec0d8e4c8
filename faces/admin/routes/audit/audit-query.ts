import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { paths } from '#client/generated/api.ts';
import { api, dataOf, type Schemas } from '../../api.ts';
import { instantOf } from '../orders/view.ts';
import type { AuditView } from './view.ts';

export type Entry = Schemas['AuditEntry'];

const PAGE = 50;

type Query = NonNullable<paths['/api/v1/audit-entries']['get']['parameters']['query']>;

/** What the API calls a view of the list. */
const parametersOf = (view: AuditView): Query => ({
  ...(view.actor === undefined ? {} : { actor_id: view.actor }),
  ...(view.category === undefined ? {} : { category: view.category }),
  ...(view.service === undefined ? {} : { service: view.service }),
  ...(view.operation === undefined ? {} : { operation: view.operation }),
  ...(view.kind === undefined ? {} : { subject_kind: view.kind }),
  ...(view.subject === undefined ? {} : { subject_id: view.subject }),
  ...(view.correlation === undefined ? {} : { correlation_id: view.correlation }),
  ...(view.from === undefined ? {} : { from: instantOf(view.from) }),
  ...(view.to === undefined ? {} : { to: instantOf(view.to, 1) }),
  ...(view.after === undefined ? {} : { cursor: view.after }),
});

export const auditQuery = ({ entry: _, ...view }: AuditView) =>
  queryOptions({
    queryKey: ['audit', view],
    queryFn: () =>
      dataOf(api.GET('/api/v1/audit-entries', { params: { query: { limit: PAGE, ...parametersOf(view) } } })),
    placeholderData: keepPreviousData,
  });
