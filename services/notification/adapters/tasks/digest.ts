import { z } from 'zod';
import type { Task, TaskHandler } from '#kernel/tasks.ts';
import type {
  Collected,
  DigestTools,
  DueDigest,
  makeCollect,
  makeSendDigests,
} from '../../core/application/digests.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

/** As stored; must not change. */
const DIGEST = 'digest';

/** As stored. */
const PAYLOAD = z.object({ userId: z.string(), dueAt: z.string() });

export const toDigestTask: DigestTools['toTask'] = ({ userId, dueAt }) => ({
  key: `digest:${userId}:${dueAt}`,
  kind: DIGEST,
  payload: { userId, dueAt } satisfies z.infer<typeof PAYLOAD>,
  runAt: new Date(dueAt),
});

const dueOf = ({ payload }: Task): DueDigest => PAYLOAD.parse(payload);

/** Sends digests when they are due. */
export const makeDigestTask = (
  collect: ReturnType<typeof makeCollect>,
  sendDigests: ReturnType<typeof makeSendDigests>,
): TaskHandler<NotificationTx, Collected | undefined> => ({
  kind: DIGEST,
  perform: (task) => collect(dueOf(task)),
  settle: (tx, done) =>
    sendDigests(
      tx,
      done.map(({ task, outcome }) => ({ due: dueOf(task), collected: outcome, cause: task.cause })),
    ),
});
