import { z } from 'zod';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import { isPublicHost, publicDialer } from '#adapters/http/public-address.ts';
import { readConfig } from '#adapters/service/config.ts';
import type { Toolbox, Worker } from '#adapters/service/module.ts';
import { makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import type { Sweep } from '#adapters/service/sweeps.ts';
import { after, DAY, HOUR } from '#kernel/clock.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { WebhookUseCases } from '../adapters/http/webhooks.ts';
import { makeWebhookConsumer } from '../adapters/messaging/webhook-consumer.ts';
import { webhookToWire } from '../adapters/messaging/webhook-publications.ts';
import { makeDeliverWebhook, toDeliveryTask } from '../adapters/tasks/deliver-webhook.ts';
import { makeRecoverWebhooks, toRecoveryTask } from '../adapters/tasks/recover-webhooks.ts';
import { toSendTask } from '../adapters/tasks/send-mail.ts';
import { httpSender } from '../adapters/webhooks/http-sender.ts';
import { makeLanes } from '../adapters/webhooks/lanes.ts';
import { sealedSecrets } from '../adapters/webhooks/sealed-secrets.ts';
import { makeAttempt, makeRecordAttempts, type Tried } from '../core/application/webhooks/deliver.ts';
import {
  makeCreateEndpoint,
  makeDeleteEndpoint,
  makeRotateSecret,
  makeUpdateEndpoint,
} from '../core/application/webhooks/manage-endpoints.ts';
import { makeFindFailed, makeRecover, makeRecoverPart } from '../core/application/webhooks/recover.ts';
import {
  makeOfferToEndpoints,
  makeReplayDelivery,
  makeSendTest,
} from '../core/application/webhooks/schedule-deliveries.ts';
import { makeTellStaff } from '../core/application/webhooks/tell-staff.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import type { DeliveryKey, WebhookQueries } from '../core/ports/webhooks.ts';
import { watchEndpoints, watchSender } from './webhook-metrics.ts';

const SETTINGS = {
  /** Allows endpoints in private networks, and in one process without TLS: for development. */
  NOTIFICATION_WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
  /** Gets mails about endpoints that were disabled. */
  NOTIFICATION_STAFF_EMAIL: z.email().optional(),
};

/** How long deliveries are kept. */
const KEPT_MS = 30 * DAY;
/** Several slow endpoints leave places for others. */
const AT_ONCE = 128;

export interface WebhookParts {
  readonly useCases: WebhookUseCases;
  readonly consumer: Subscription;
  readonly handler: TaskHandler<NotificationTx, Tried>;
  readonly recovering: TaskHandler<NotificationTx, readonly DeliveryKey[]>;
  readonly workers: readonly Worker[];
  readonly sweep: Sweep;
  readonly close: () => Promise<void>;
}

export const composeWebhooks = (
  toolbox: Toolbox,
  unitOfWork: UnitOfWork<NotificationTx>,
  queries: WebhookQueries,
): WebhookParts => {
  const { env, profile, clock, ids, key, metrics } = toolbox;
  const { NOTIFICATION_WEBHOOK_ALLOW_PRIVATE: isPrivateAllowed, NOTIFICATION_STAFF_EMAIL: staffEmail } =
    readConfig(SETTINGS, env);
  const secrets = sealedSecrets(derivedKey(key, 'secrets of webhook endpoints'));
  const urls = {
    isHttpAllowed: isPrivateAllowed && profile !== 'distributed',
    isHostAllowed: isPrivateAllowed ? () => true : isPublicHost,
  };
  const tools = { unitOfWork, clock, ids, secrets, toTask: toDeliveryTask, urls };
  const dialer = publicDialer({ isPrivateAllowed });
  const sender = watchSender(metrics, httpSender(dialer));
  watchEndpoints(metrics, clock, queries);
  const attempt = makeAttempt({ queries, secrets, sender, inLane: makeLanes(), clock });
  const record = makeRecordAttempts({
    clock,
    toTask: toDeliveryTask,
    toWire: webhookToWire,
    tellStaff: makeTellStaff(staffEmail, (content) => toSendTask(content, 'email'), ids, clock),
    random: Math.random,
  });
  const handler = makeDeliverWebhook(attempt, record);
  const recovering = makeRecoverWebhooks(makeFindFailed(queries), makeRecoverPart(tools, toRecoveryTask));
  return {
    useCases: {
      createEndpoint: makeCreateEndpoint(tools),
      updateEndpoint: makeUpdateEndpoint(tools),
      deleteEndpoint: makeDeleteEndpoint(tools),
      rotateSecret: makeRotateSecret(tools),
      sendTest: makeSendTest(tools),
      replayDelivery: makeReplayDelivery(tools),
      recover: makeRecover(tools, toRecoveryTask),
      queries,
      secrets,
    },
    consumer: makeWebhookConsumer(
      toolbox,
      unitOfWork,
      queries.endpoints,
      makeOfferToEndpoints(toDeliveryTask, clock),
    ),
    handler,
    recovering,
    workers: [
      makeWorker(toolbox, unitOfWork, handler, { gatherMs: UNHURRIED_MS, atOnce: AT_ONCE }),
      makeWorker(toolbox, unitOfWork, recovering, { gatherMs: UNHURRIED_MS }),
    ],
    sweep: {
      name: 'webhook deliveries of long ago',
      everyMs: HOUR,
      sweep: (now) => queries.deliveries.forget(after(now, -KEPT_MS)),
    },
    close: () => dialer.close(),
  };
};
