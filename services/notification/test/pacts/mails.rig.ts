import { after, HOUR } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { string, uuid } from '#test/kit/pact/matchers.ts';
import { memoryNotificationQueries } from '../../adapters/memory/memory-notifications.ts';
import { SEND_MAIL } from '../../adapters/tasks/send-mail.ts';
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

/** The payload of the task of a kind that an event leads to. */
export const taskAfter = async (event: EventEnvelope, kind: string): Promise<unknown> => {
  const { toolbox, hear } = await openSubscriber(notification);
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
