import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { MailContent } from '../../domain/mail.ts';
import { pending } from '../../domain/notification.ts';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint.ts';
import { EN } from '../../domain/words/en.ts';
import type { NotificationTx } from '../../ports/notification-tx.ts';

/**
 * Schedules a mail to staff about an endpoint that was disabled.
 * @param email where staff get mails; nobody does if absent
 * @param toTask the task that sends a mail, in its stored format
 */
export const makeTellStaff =
  (email: string | undefined, toTask: (content: MailContent) => NewTask, ids: Ids, clock: Clock) =>
  async (
    { notifications, tasks }: Pick<NotificationTx, 'notifications' | 'tasks'>,
    endpoint: WebhookEndpoint,
  ): Promise<void> => {
    if (email === undefined) return;
    const { id, url, disabled, failingSince } = endpoint;
    const content: MailContent = {
      mailId: ids.next(),
      kind: 'webhook.endpoint_disabled',
      to: { email, name: '' },
      subject: 'A webhook endpoint was disabled',
      data: {
        host: new URL(url).host,
        endpointId: id,
        isGone: disabled?.by === 'gone',
        since: EN.moment(failingSince ?? clock.now().toISOString()),
      },
    };
    await notifications.add([pending(content, clock.now())]);
    await tasks.schedule(toTask(content));
  };
