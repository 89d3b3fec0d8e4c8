import type { Clock } from '#kernel/clock.ts';
import type { Cause } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { deliveryTo, replayed, type WebhookDelivery } from '../../domain/webhook-delivery.ts';
import { wants, type WebhookEndpoint } from '../../domain/webhook-endpoint.ts';
import { TEST_EVENT, type WebhookMessage } from '../../domain/webhook-events.ts';
import type { NotificationTx } from '../../ports/notification-tx.ts';
import type { DeliveryKey } from '../../ports/webhooks.ts';
import { findEnabled, type CannotSend, type ToDeliveryTask, type WebhookTools } from './tools.ts';

/** A message, and the cause of the task that sends it. */
export interface Told {
  readonly message: WebhookMessage;
  readonly cause: Cause;
}

/** Schedules a delivery per message and endpoint that wants it, in the consumer's unit. */
export const makeOfferToEndpoints =
  (toTask: ToDeliveryTask, clock: Clock) =>
  async (
    { webhooks, tasks }: NotificationTx,
    endpoints: readonly WebhookEndpoint[],
    told: readonly Told[],
  ): Promise<void> => {
    const now = clock.now();
    const due = told.flatMap(({ message, cause }) =>
      endpoints
        .filter((endpoint) => wants(endpoint, message.type))
        .map(({ id }) => ({ delivery: deliveryTo(id, message, now), cause })),
    );
    if (due.length === 0) return;
    await webhooks.deliveries.add(due.map(({ delivery }) => delivery));
    await tasks.schedule(...due.map(({ delivery, cause }) => ({ ...toTask(delivery), cause })));
  };

/** Sends a test event, whatever the endpoint subscribes to. */
export const makeSendTest =
  ({ unitOfWork, clock, ids, toTask }: WebhookTools) =>
  (endpointId: string): Promise<Result<WebhookDelivery, CannotSend>> =>
    unitOfWork.run(async (tx) => {
      const found = await findEnabled(tx, endpointId);
      if (!found.ok) return found;
      const now = clock.now();
      const data = { endpoint: endpointId };
      const message = { eventId: ids.next(), type: TEST_EVENT, timestamp: now.toISOString(), data } as const;
      const delivery = deliveryTo(endpointId, message, now);
      await tx.webhooks.deliveries.add([delivery]);
      await tx.tasks.schedule(toTask(delivery));
      return ok(delivery);
    });

type CannotReplay = CannotSend | Refusal<'WEBHOOK_DELIVERY_NOT_FOUND' | 'WEBHOOK_DELIVERY_PENDING'>;

/** Sends the same message again, under the same ID. */
export const makeReplayDelivery =
  ({ unitOfWork, clock, toTask }: WebhookTools) =>
  (key: DeliveryKey): Promise<Result<WebhookDelivery, CannotReplay>> =>
    unitOfWork.run(async (tx) => {
      const found = await findEnabled(tx, key.endpointId);
      if (!found.ok) return found;
      const [delivery] = await tx.webhooks.deliveries.find([key]);
      if (!delivery) return refuse('WEBHOOK_DELIVERY_NOT_FOUND', 'There is no such delivery.');
      if (delivery.status === 'pending')
        return refuse('WEBHOOK_DELIVERY_PENDING', 'The delivery is still being attempted.');
      const again = replayed(delivery, clock.now());
      await tx.webhooks.deliveries.save([again]);
      await tx.tasks.schedule(toTask(again));
      return ok(again);
    });
