import { z } from 'zod';
import type { Task, TaskHandler } from '#kernel/tasks.ts';
import type {
  DueAttempt,
  makeAttempt,
  makeRecordAttempts,
  Tried,
} from '../../core/application/webhooks/deliver.ts';
import type { ToDeliveryTask } from '../../core/application/webhooks/tools.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

/** As stored; must not change. */
export const DELIVER_WEBHOOK = 'deliver-webhook';

/** As stored. */
const PAYLOAD = z.object({
  endpointId: z.string(),
  eventId: z.string(),
  version: z.int(),
  waits: z.int(),
});

/** A key per attempt: the task of an attempt is scheduled while that of the one before still exists. */
export const toDeliveryTask: ToDeliveryTask = ({ endpointId, eventId, version, nextAt }, waits = 0) => ({
  key: `${endpointId}:${eventId}:${version}.${waits}`,
  kind: DELIVER_WEBHOOK,
  payload: { endpointId, eventId, version, waits } satisfies z.infer<typeof PAYLOAD>,
  ...(nextAt && { runAt: nextAt }),
});

const dueOf = ({ payload }: Task): DueAttempt => PAYLOAD.parse(payload);

/** Makes attempts to deliver webhooks, and records their outcomes. */
export const makeDeliverWebhook = (
  attempt: ReturnType<typeof makeAttempt>,
  record: ReturnType<typeof makeRecordAttempts>,
): TaskHandler<NotificationTx, Tried> => ({
  kind: DELIVER_WEBHOOK,
  perform: (task) => attempt(dueOf(task)),
  settle: (tx, done) =>
    record(
      tx,
      done.map(({ task, outcome }) => ({ due: dueOf(task), tried: outcome, cause: task.cause })),
    ),
});
