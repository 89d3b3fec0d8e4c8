import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';
import type { MailsView } from './view.ts';

export type Mail = Schemas['Notification'];
export type Locale = 'en' | 'de';

const PAGE = 50;
const LIVE_MS = 10_000;

/** Every query of messages begins with this key. */
export const MAILS = 'mails';

export const mailsQuery = ({ mail: _, ...view }: MailsView) =>
  queryOptions({
    queryKey: [MAILS, 'list', view],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/notifications', {
          params: {
            query: {
              limit: PAGE,
              ...(view.status === undefined ? {} : { status: view.status }),
              ...(view.kind === undefined ? {} : { kind: view.kind }),
              ...(view.order === undefined ? {} : { order_id: view.order }),
              ...(view.customer === undefined ? {} : { user_id: view.customer }),
              ...(view.after === undefined ? {} : { cursor: view.after }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });

/** As the mail would be sent now, in its own language unless another is wanted. */
export const previewQuery = (notificationId: string, locale: Locale | undefined) =>
  queryOptions({
    queryKey: [MAILS, 'preview', notificationId, locale],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/notifications/{notification_id}/preview', {
          params: {
            path: { notification_id: notificationId },
            query: locale === undefined ? {} : { locale },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });
