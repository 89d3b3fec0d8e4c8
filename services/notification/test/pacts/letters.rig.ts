import { after, HOUR } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { string, uuid } from '#test/kit/pact/matchers.ts';
import { SEND_LETTER } from '../../core/application/promise-letters.ts';
import { notification } from '../../main/module.ts';

export const ORDER = '0190a000-0000-7000-8000-000000000001';

/** Of an order's event: what it is about, and whom to write to. */
export const about = {
  order_id: uuid(ORDER),
  customer: { email: string('ada@example.com'), name: string('Ada Lovelace') },
};

export const toAda = { email: 'ada@example.com', name: 'Ada Lovelace' };

/** The letter that an event leads to, as the task that will send it holds it. */
export const letterAfter = async (event: EventEnvelope): Promise<unknown> => {
  const { toolbox, hear } = await openSubscriber(notification);
  await hear(event);
  const now = toolbox.clock.now();
  const [task] = await toolbox.stores.tasks.claim(SEND_LETTER, now, after(now, HOUR), 1);
  return task?.payload;
};
