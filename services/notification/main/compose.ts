import { Container, ContainerModule } from 'inversify';
import type { Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { mailboxMailer } from '../adapters/mail/mailbox-mailer.ts';
import { CONNECTIONS, smtpMailer } from '../adapters/mail/smtp-mailer.ts';
import {
  memoryMailbox,
  memoryNotificationQueries,
  memoryNotificationRepository,
} from '../adapters/memory/memory-notifications.ts';
import { memoryWebhookQueries, memoryWebhooks } from '../adapters/memory/memory-webhooks.ts';
import { makeConsumerHandlers } from '../adapters/messaging/consumer.ts';
import { postgresMailbox } from '../adapters/postgres/mailbox.postgres.ts';
import {
  postgresNotificationQueries,
  postgresNotificationRepository,
} from '../adapters/postgres/notifications.postgres.ts';
import { postgresWebhookQueries, postgresWebhooks } from '../adapters/postgres/webhooks.postgres.ts';
import { makeSendMail, toSendMailTask } from '../adapters/tasks/send-mail.ts';
import { handlebarsRenderer } from '../adapters/templates/handlebars-renderer.ts';
import { makeScheduleMails } from '../core/application/schedule-mails.ts';
import type { Mailbox } from '../core/ports/mailbox.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import type { WebhookQueries } from '../core/ports/webhooks.ts';
import { readNotificationConfig } from './config.ts';
import { composeWebhooks } from './webhooks.ts';

/** What the profile decides: where the state is. */
export const Storage = {
  UnitOfWork: token<UnitOfWork<NotificationTx>>('UnitOfWork'),
  Queries: token<NotificationQueries>('NotificationQueries'),
  Mailbox: token<Mailbox>('Mailbox'),
  Webhooks: token<WebhookQueries>('WebhookQueries'),
};

export const storage = (toolbox: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(Storage.UnitOfWork).toResolvedValue(() =>
        memoryUnitOfWork(toolbox, database, (tx) => ({
          notifications: memoryNotificationRepository(tx),
          webhooks: memoryWebhooks(tx),
        })),
      );
      bind(Storage.Queries).toResolvedValue(() => memoryNotificationQueries(database));
      bind(Storage.Mailbox).toResolvedValue(() => memoryMailbox(database));
      bind(Storage.Webhooks).toResolvedValue(() => memoryWebhookQueries(database));
    } else {
      bind(Storage.UnitOfWork).toResolvedValue(() =>
        sqlUnitOfWork(toolbox, store, (tx) => ({
          notifications: postgresNotificationRepository(tx),
          webhooks: postgresWebhooks(tx),
        })),
      );
      bind(Storage.Queries).toResolvedValue(() => postgresNotificationQueries(store.database));
      bind(Storage.Mailbox).toResolvedValue(() => postgresMailbox(store.database));
      bind(Storage.Webhooks).toResolvedValue(() => postgresWebhookQueries(store.database));
    }
  });

/** SMTP if a server is configured, otherwise the mailbox. */
const openMailer = async ({ env, clock, profile, logger }: Toolbox, mailbox: Mailbox) => {
  const {
    NOTIFICATION_SMTP_URL: url,
    NOTIFICATION_FROM: sender,
    SHOP_PUBLIC_URL: publicUrl,
  } = readNotificationConfig(env);
  const renderer = handlebarsRenderer(sender.name, publicUrl);
  if (url !== undefined) {
    const smtp = await smtpMailer(url, sender);
    return { renderer, mailer: smtp, close: () => smtp.close() };
  }
  if (profile === 'distributed') logger.warn('NOTIFICATION_SMTP_URL is not set: mails are kept, not sent');
  return { renderer, mailer: mailboxMailer(mailbox, clock), close: () => undefined };
};

export const compose = async (toolbox: Toolbox): Promise<Composition> => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const mailbox = container.get(Storage.Mailbox);
  const { renderer, mailer, close } = await openMailer(toolbox, mailbox);
  const { NOTIFICATION_MAILBOX: isReadable = toolbox.profile !== 'distributed' } = readNotificationConfig(
    toolbox.env,
  );
  const scheduleMails = makeScheduleMails(toSendMailTask, toolbox.clock);
  const webhooks = composeWebhooks(toolbox, unitOfWork, container.get(Storage.Webhooks));
  return {
    handlers: makeHandlers({
      queries: container.get(Storage.Queries),
      mailbox: isReadable ? mailbox : undefined,
      webhooks: webhooks.useCases,
    }),
    errors,
    consumers: [
      makeConsumer(toolbox, unitOfWork, 'notification', makeConsumerHandlers(scheduleMails), {
        gatherMs: UNHURRIED_MS,
      }),
      webhooks.consumer,
    ],
    workers: [
      makeWorker(toolbox, unitOfWork, makeSendMail(renderer, mailer, toolbox.clock), {
        gatherMs: UNHURRIED_MS,
        atOnce: CONNECTIONS,
      }),
      webhooks.worker,
    ],
    sweeps: [webhooks.sweep],
    attachments: [
      {
        start: () => Promise.resolve(),
        stop: () => {
          close();
          return webhooks.close();
        },
      },
    ],
  };
};
