import { z } from 'zod';
import type { NewTask, TaskHandler } from '#kernel/tasks.ts';
import type { Conclusion, makeConclude, Matter } from '../../core/application/conclude.ts';
import type { makeConfirm } from '../../core/application/confirm.ts';
import type { makeScheduleMails, Reported } from '../../core/application/schedule-mails.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

/** As stored; must not change. */
const CONCLUDE = 'conclude';

/** What has not come after so many attempts, over about three days, will not come. */
const MOST_ATTEMPTS = 4_300;

const PAYLOAD = z.object({
  eventId: z.string(),
  matter: z.discriminatedUnion('about', [
    z.object({
      about: z.literal('parcel'),
      kind: z.enum(['shipment.lost', 'shipment.returned']),
      orderId: z.string(),
    }),
    z.object({ about: z.literal('review'), orderId: z.string(), userId: z.string() }),
    z.object({ about: z.literal('cart'), userId: z.string(), version: z.int() }),
    z.object({ about: z.literal('stock'), sku: z.string(), after: z.string().exactOptional() }),
    z.object({ about: z.literal('price'), variantId: z.string(), after: z.string().exactOptional() }),
  ]),
});

/** The task that concludes a matter. @param key one message per key */
export const toConcludeTask = (key: string, eventId: string, matter: Matter): NewTask => ({
  key,
  kind: CONCLUDE,
  payload: { eventId, matter } satisfies z.infer<typeof PAYLOAD>,
});

interface Concluded extends Conclusion {
  readonly matter: Matter;
}

export const makeConcludeTask = (
  conclude: ReturnType<typeof makeConclude>,
  confirm: ReturnType<typeof makeConfirm>,
  scheduleMails: ReturnType<typeof makeScheduleMails>,
): TaskHandler<NotificationTx, Concluded> => ({
  kind: CONCLUDE,
  perform: async ({ payload, attempts }) => {
    const { eventId, matter } = PAYLOAD.parse(payload);
    try {
      return { matter, ...(await conclude(matter.about, matter, eventId)) };
    } catch (error) {
      if (attempts < MOST_ATTEMPTS) throw error;
      return { matter, news: [] };
    }
  },
  settle: async (tx, done) => {
    const reported: Reported[] = [];
    for (const { task, outcome } of done) {
      const { news, matter, last } = outcome;
      for (const one of news)
        if (await confirm(tx, one, matter)) reported.push({ news: one, cause: task.cause });
      if (last !== undefined && (matter.about === 'stock' || matter.about === 'price'))
        await tx.tasks.schedule({
          ...toConcludeTask(`${task.key}>`, PAYLOAD.parse(task.payload).eventId, {
            ...matter,
            after: last,
          }),
          cause: task.cause,
        });
    }
    await scheduleMails(tx, reported);
  },
});
