import { after, HOUR } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { string, uuid } from '#test/kit/pact/matchers.ts';
import { memoryAlerts } from '../../adapters/memory/memory-alerts.ts';
import { memoryNotificationQueries } from '../../adapters/memory/memory-notifications.ts';
import { SEND_MAIL } from '../../adapters/tasks/send-mail.ts';
import type { Alert } from '../../core/domain/alert.ts';
import { notification } from '../../main/module.ts';

export const ORDER = '0190a000-0000-7000-8000-000000000001';

/** Of an order's event: what it is about, and whom to write to. */
export const about = {
  order_id: uuid(ORDER),
  customer: {
    user_id: uuid('0190a000-0000-7000-8000-000000000002'),
    email: string('ada@example.com'),
    name: string('Ada Lovelace'),
  },
};

export const toAda = { email: 'ada@example.com', name: 'Ada Lovelace' };

/**
 * The payload of the task of a kind that an event leads to.
 * @param alerts what users wait for when it comes
 */
export const taskAfter = async (
  event: EventEnvelope,
  kind: string,
  ...alerts: readonly Alert[]
): Promise<unknown> => {
  const { toolbox, database, hear } = await openSubscriber(notification);
  await database.transaction(async (tx) => {
    for (const alert of alerts) await memoryAlerts(tx).put(alert);
  });
  await hear(event);
  const now = toolbox.clock.now();
  const [task] = await toolbox.stores.tasks.claim(kind, now, after(now, HOUR), 1);
  return task?.payload;
};

/** The payload of the task that sends the mail about an event. */
export const mailTaskAfter = (event: EventEnvelope): Promise<unknown> => taskAfter(event, SEND_MAIL);

/** What is known about a user after an event. */
export const personAfter = async (event: EventEnvelope, userId: string) => {
  const { database, hear } = await openSubscriber(notification);
  await hear(event);
  return memoryNotificationQueries(database).person(userId);
};
