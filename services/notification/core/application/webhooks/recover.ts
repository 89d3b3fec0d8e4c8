import { after } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { NewTask } from '#kernel/tasks.ts';
import { replayed } from '../../domain/webhook-delivery.ts';
import {
  afterPart,
  isRunning,
  newRecovery,
  RECOVERED_AT_ONCE,
  RECOVERY_PAUSE_MS,
  type Recovery,
} from '../../domain/webhook-recovery.ts';
import type { NotificationTx } from '../../ports/notification-tx.ts';
import type { DeliveryKey, WebhookQueries } from '../../ports/webhooks.ts';
import { findEnabled, type CannotSend, type WebhookTools } from './tools.ts';

/** A part of a recovery: the deliveries after one of them, or the first ones. */
export interface RecoveryPart {
  readonly endpointId: string;
  /** Those of the recovery. */
  readonly since: string;
  readonly startedAt: string;
  readonly after?: string;
}

/** The task that does a part, in its stored format. */
export type ToRecoveryTask = (part: RecoveryPart) => NewTask;

type CannotRecover = CannotSend | Refusal<'WEBHOOK_RECOVERY_RUNNING'>;

/**
 * Begins to send again all deliveries of an endpoint that have failed, created from `since` until now; part by part, one
 * recovery at a time.
 */
export const makeRecover =
  ({ unitOfWork, clock }: Pick<WebhookTools, 'unitOfWork' | 'clock'>, toTask: ToRecoveryTask) =>
  (
    endpointId: string,
    since: Date,
    key?: IdempotencyKey,
  ): Promise<Result<Recovery, CannotRecover | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      (kept) => kept as Recovery, // only this use case stores outcomes under its keys
      async (tx): Promise<Result<Recovery, CannotRecover>> => {
        const found = await findEnabled(tx, endpointId);
        if (!found.ok) return found;
        const endpoint = found.value;
        if (isRunning(endpoint.recovery))
          return refuse('WEBHOOK_RECOVERY_RUNNING', 'Its failed deliveries are already being sent again.');
        const recovery = newRecovery(since, clock.now());
        await tx.webhooks.endpoints.save({ ...endpoint, version: endpoint.version + 1, recovery });
        await tx.tasks.schedule(toTask({ endpointId, since: recovery.since, startedAt: recovery.startedAt }));
        return ok(recovery);
      },
    );

/** Finds the deliveries of a part. */
export const makeFindFailed =
  ({ deliveries }: Pick<WebhookQueries, 'deliveries'>) =>
  ({ endpointId, since, startedAt, after: last }: RecoveryPart): Promise<readonly DeliveryKey[]> =>
    deliveries.failed({
      endpointId,
      from: new Date(since),
      to: new Date(startedAt),
      after: last,
      limit: RECOVERED_AT_ONCE,
    });

/** Sends those of them again that have still failed, and schedules the next part. A repetition finds none. */
export const makeRecoverPart =
  ({ clock, toTask }: Pick<WebhookTools, 'clock' | 'toTask'>, toRecoveryTask: ToRecoveryTask) =>
  async (tx: NotificationTx, part: RecoveryPart, keys: readonly DeliveryKey[]): Promise<void> => {
    const endpoint = await tx.webhooks.endpoints.find(part.endpointId);
    const recovery = endpoint?.recovery;
    if (!endpoint || !isRunning(recovery) || recovery.startedAt !== part.startedAt) return;
    const now = clock.now();
    const found = endpoint.disabled ? [] : await tx.webhooks.deliveries.find(keys);
    const again = found
      .filter(({ status }) => status === 'failed')
      .map((delivery) => replayed(delivery, now));
    await tx.webhooks.deliveries.save(again);
    await tx.tasks.schedule(...again.map((delivery) => toTask(delivery)));
    const last = endpoint.disabled || keys.length < RECOVERED_AT_ONCE ? undefined : keys.at(-1)?.eventId;
    const next = afterPart(recovery, { recovered: again.length, isLast: last === undefined }, now);
    await tx.webhooks.endpoints.save({ ...endpoint, version: endpoint.version + 1, recovery: next });
    if (last !== undefined)
      await tx.tasks.schedule({
        ...toRecoveryTask({ ...part, after: last }),
        runAt: after(now, RECOVERY_PAUSE_MS),
      });
  };
