import { after, type Clock } from '#kernel/clock.ts';
import type { Cause, ToWire } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import {
  afterAttempt,
  givenUp,
  outcomeOf,
  waitAfter,
  type Answer,
  type Attempt,
  type WebhookDelivery,
} from '../../domain/webhook-delivery.ts';
import { observe, signingSecrets, type WebhookEndpoint } from '../../domain/webhook-endpoint.ts';
import type { NotificationTx } from '../../ports/notification-tx.ts';
import type {
  DeliveryKey,
  InLane,
  WebhookQueries,
  WebhookSecrets,
  WebhookSender,
} from '../../ports/webhooks.ts';
import type { ToDeliveryTask } from './tools.ts';

/** Integration events about webhooks. */
export interface WebhookPublication {
  readonly type: 'webhook.endpoint_disabled';
  readonly endpoint: WebhookEndpoint;
}

/** The attempt that a task stands for: of a delivery as it was then. */
export interface DueAttempt extends DeliveryKey {
  readonly version: number;
  /** How often it has found its endpoint busy. */
  readonly waits: number;
}

/** `void`: there is nothing left to attempt. `busy`: the endpoint has enough to do. `disabled`: it gets nothing now. */
export type Tried =
  | { readonly kind: 'void' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'tried'; readonly url: string; readonly answer: Answer; readonly attempt: Attempt };

/** What came of the attempt of a task, and the cause of the task, which is that of all that follows. */
export interface DoneAttempt {
  readonly due: DueAttempt;
  readonly tried: Tried;
  readonly cause: Cause;
}

/** How an attempt is logged. */
const attemptOf = (answer: Answer, at: Date, durationMs: number): Attempt => ({
  at: at.toISOString(),
  durationMs,
  ...(answer.kind === 'answered'
    ? { status: answer.status, ...(answer.text !== '' && { answer: answer.text }) }
    : { error: answer.error }),
});

export interface AttemptTools {
  readonly queries: WebhookQueries;
  readonly secrets: WebhookSecrets;
  readonly sender: WebhookSender;
  readonly inLane: InLane;
  readonly clock: Clock;
}

/** Makes one attempt. It may be made again after a crash: then the endpoint gets the same message under the same ID. */
export const makeAttempt = ({ queries, secrets, sender, inLane, clock }: AttemptTools) => {
  /** Undefined if they were sealed with a key that the service no longer has. */
  const secretsOf = (endpoint: WebhookEndpoint, at: Date): readonly string[] | undefined => {
    try {
      return signingSecrets(endpoint, at).map((sealed) => secrets.open(endpoint.id, sealed));
    } catch {
      return undefined;
    }
  };
  const call = async (endpoint: WebhookEndpoint, { eventId, body }: WebhookDelivery): Promise<Tried> => {
    const at = clock.now();
    const { url } = endpoint;
    const opened = secretsOf(endpoint, at);
    const answer: Answer = opened
      ? await sender.send({ url, secrets: opened, messageId: eventId, at, body })
      : { kind: 'unreachable', error: 'The secret cannot be decrypted: rotate it.' };
    const durationMs = clock.now().getTime() - at.getTime();
    return { kind: 'tried', url, answer, attempt: attemptOf(answer, at, durationMs) };
  };
  return async (due: DueAttempt): Promise<Tried> => {
    const [endpoint, delivery] = await Promise.all([
      queries.endpoints.find(due.endpointId),
      queries.deliveries.find(due),
    ]);
    if (!endpoint || delivery?.version !== due.version) return { kind: 'void' };
    if (endpoint.disabled) return { kind: 'disabled' };
    return (await inLane(due.endpointId, () => call(endpoint, delivery))) ?? { kind: 'busy' };
  };
};

export interface RecordTools {
  readonly clock: Clock;
  readonly toTask: ToDeliveryTask;
  readonly toWire: ToWire<WebhookPublication>;
  /** Tells staff about an endpoint that was disabled, in the same unit. */
  readonly tellStaff: (tx: NotificationTx, endpoint: WebhookEndpoint) => Promise<void>;
  /** 0 ≤ random < 1. */
  readonly random: () => number;
}

/** Records the outcomes of attempts, schedules those that follow, and disables endpoints that are gone or keep failing. */
export const makeRecordAttempts = ({ clock, toTask, toWire, tellStaff, random }: RecordTools) => {
  const recordEndpoints = async (
    tx: NotificationTx,
    done: readonly DoneAttempt[],
    now: Date,
  ): Promise<void> => {
    for (const [endpointId, some] of Map.groupBy(done, ({ due }) => due.endpointId)) {
      const endpoint = await tx.webhooks.endpoints.find(endpointId);
      if (!endpoint) continue;
      const observed = some.reduce(
        (known, { tried: one }) =>
          one.kind === 'tried'
            ? observe(known, { outcome: outcomeOf(one.answer), url: one.url }, now)
            : known,
        endpoint,
      );
      if (observed === endpoint) continue;
      await tx.webhooks.endpoints.save({ ...observed, version: endpoint.version + 1 });
      if (!observed.disabled || endpoint.disabled) continue;
      const cause = some.at(-1)?.cause;
      const event = toWire({ type: 'webhook.endpoint_disabled', endpoint: observed });
      await tx.outbox.add({ ...event, ...(cause && { cause }) });
      await tellStaff(tx, observed);
    }
  };

  return async (tx: NotificationTx, done: readonly DoneAttempt[]): Promise<void> => {
    const now = clock.now();
    const found = await tx.webhooks.deliveries.find(done.map(({ due }) => due));
    const known = new Map(found.map((delivery) => [`${delivery.endpointId} ${delivery.eventId}`, delivery]));
    const changed: WebhookDelivery[] = [];
    const next: NewTask[] = [];
    for (const { due, tried, cause } of done) {
      const delivery = known.get(`${due.endpointId} ${due.eventId}`);
      if (delivery?.version !== due.version || tried.kind === 'void') continue;
      if (tried.kind === 'busy') {
        const runAt = after(now, waitAfter(due.waits, random()));
        next.push({ ...toTask(delivery, due.waits + 1), runAt, cause });
        continue;
      }
      const attempted =
        tried.kind === 'disabled' ? givenUp(delivery) : afterAttempt(delivery, tried, now, random());
      changed.push(attempted);
      if (attempted.status === 'pending') next.push({ ...toTask(attempted), cause });
    }
    await tx.webhooks.deliveries.save(changed);
    if (next.length > 0) await tx.tasks.schedule(...next);
    await recordEndpoints(tx, done, now);
  };
};
