import { z } from 'zod';
import type { Task, TaskHandler } from '#kernel/tasks.ts';
import type {
  makeFindFailed,
  makeRecoverPart,
  RecoveryPart,
  ToRecoveryTask,
} from '../../core/application/webhooks/recover.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';
import type { DeliveryKey } from '../../core/ports/webhooks.ts';

/** As stored; must not change. */
const RECOVER_WEBHOOKS = 'recover-webhooks';

/** As stored. */
const PAYLOAD = z.object({
  endpointId: z.string(),
  since: z.string(),
  startedAt: z.string(),
  after: z.string().exactOptional(),
});

export const toRecoveryTask: ToRecoveryTask = (part) => ({
  key: `recover:${part.endpointId}:${part.startedAt}:${part.after ?? ''}`,
  kind: RECOVER_WEBHOOKS,
  payload: part satisfies z.infer<typeof PAYLOAD>,
});

const partOf = ({ payload }: Task): RecoveryPart => PAYLOAD.parse(payload);

/** Sends failed deliveries again, a part per task. */
export const makeRecoverWebhooks = (
  findFailed: ReturnType<typeof makeFindFailed>,
  recoverPart: ReturnType<typeof makeRecoverPart>,
): TaskHandler<NotificationTx, readonly DeliveryKey[]> => ({
  kind: RECOVER_WEBHOOKS,
  perform: (task) => findFailed(partOf(task)),
  settle: async (tx, done) => {
    for (const { task, outcome } of done) await recoverPart(tx, partOf(task), outcome);
  },
});
