import { Container } from 'inversify';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import type { Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { derivedId } from '#adapters/system/derived-id.ts';
import { httpNeighbours } from '../adapters/clients/neighbours.http.ts';
import { DAY } from '#kernel/clock.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { CONNECTIONS } from '../adapters/mail/smtp-mailer.ts';
import { makeConsumerHandlers } from '../adapters/messaging/consumer.ts';
import { makeMatterHandlers } from '../adapters/messaging/matters.ts';
import { peopleHandlers } from '../adapters/messaging/people.ts';
import { makePhoneCodes } from '../adapters/security/phone-codes.ts';
import { makeUnsubscribeTokens } from '../adapters/security/unsubscribe-tokens.ts';
import { makeConcludeTask } from '../adapters/tasks/conclude.ts';
import { makeDigestTask, toDigestTask } from '../adapters/tasks/digest.ts';
import { makeSendTask, toSendTask } from '../adapters/tasks/send-mail.ts';
import { handlebarsRenderer } from '../adapters/templates/handlebars-renderer.ts';
import { makeUnwatchProduct, makeWatchProduct } from '../core/application/alerts.ts';
import { makeConclude } from '../core/application/conclude.ts';
import { makeConfirm } from '../core/application/confirm.ts';
import { makeConfirmPhone, makeSendCode } from '../core/application/confirm-phone.ts';
import { makeCollect, makeHold, makeRetime, makeSendDigests } from '../core/application/digests.ts';
import { makePreview, makeResend } from '../core/application/look-after.ts';
import { makeChangePreferences, makeUnsubscribe } from '../core/application/preferences.ts';
import { makeForgetOld, makePersonalData } from '../core/application/personal-data.ts';
import { makeScheduleMails } from '../core/application/schedule-mails.ts';
import { makeDeliverMail, makeDeliverShort } from '../core/application/send-mail.ts';
import { makeLiftSuppression, makeTakeFeedback } from '../core/application/take-feedback.ts';
import type { MailContent } from '../core/domain/mail.ts';
import { MAIL_KINDS } from '../core/domain/mail.ts';
import { openChannels } from './channels.ts';
import { readNotificationConfig } from './config.ts';
import { openFeedback } from './feedback.ts';
import { watchSending, watchTemplates } from './metrics.ts';
import { Storage, storage } from './storage.ts';
import { composeWebhooks } from './webhooks.ts';

/** What these events lead to is sent hours or days later; alerts about prices and stock can wait for a second. */
const MATTERS_GATHER_MS = 1_000;

export const compose = async (toolbox: Toolbox): Promise<Composition> => {
  const { clock, ids, env, key, profile } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const queries = container.get(Storage.Queries);
  const mailbox = container.get(Storage.Mailbox);
  const config = readNotificationConfig(env);
  const channels = await openChannels(toolbox, config, mailbox);
  const { name: shop } = config.NOTIFICATION_FROM;
  const renderer = handlebarsRenderer({
    shop,
    publicUrl: config.SHOP_PUBLIC_URL,
    onFallback: watchTemplates(toolbox),
  });
  const tokens = makeUnsubscribeTokens(derivedKey(key, 'unsubscribe'));
  const unsubscribeUrlOf = ({ userId, kind }: MailContent): string | undefined => {
    const current = MAIL_KINDS.find((one) => one === kind);
    const base = config.NOTIFICATION_API_URL;
    return base === undefined || userId === undefined || current === undefined
      ? undefined
      : `${base}/api/v1/unsubscribe?token=${tokens.sign({ userId, kind: current })}`;
  };
  const { sms, push } = channels;
  const sending = { clock, onOutcome: watchSending(toolbox) };
  const scheduleMails = makeScheduleMails({
    clock,
    toTask: toSendTask,
    channels: new Set(['email', ...(sms ? ['sms' as const] : []), ...(push ? ['push' as const] : [])]),
    idOf: derivedId,
  });
  const deliverMail = makeDeliverMail({ queries, renderer, mailer: channels.email, unsubscribeUrlOf });
  const tasks = [
    makeSendTask('email', deliverMail, sending),
    ...(sms ? [makeSendTask('sms', makeDeliverShort(queries, renderer, 'sms', sms, shop), sending)] : []),
    ...(push ? [makeSendTask('push', makeDeliverShort(queries, renderer, 'push', push, shop), sending)] : []),
  ];
  const webhooks = composeWebhooks(toolbox, unitOfWork, container.get(Storage.Webhooks));
  const neighbours = httpNeighbours({
    cart: toolbox.client('cart', { retries: 1 }),
    catalog: toolbox.client('catalog', { retries: 1 }),
    inventory: toolbox.client('inventory', { retries: 1 }),
  });
  const conclude = makeConclude(queries, neighbours, derivedId);
  const digests = { clock, hour: config.NOTIFICATION_DIGEST_HOUR, toTask: toDigestTask };
  const confirm = makeConfirm(makeHold(digests));
  const sendDigests = makeSendDigests(digests, scheduleMails, derivedId);
  const digestTask = makeDigestTask(makeCollect(queries, neighbours), sendDigests);
  const codes = makePhoneCodes(derivedKey(key, 'phone codes'), clock);
  const phones = { unitOfWork, clock, ids, sms, shop, ...codes };
  const unhurried = { gatherMs: UNHURRIED_MS };
  const timer = { ...unhurried, isTimer: true };
  return {
    handlers: makeHandlers({
      queries,
      mailbox: (config.NOTIFICATION_MAILBOX ?? profile !== 'distributed') ? mailbox : undefined,
      changePreferences: makeChangePreferences(unitOfWork, makeRetime(digests)),
      sendCode: makeSendCode(phones),
      confirmPhone: makeConfirmPhone(phones),
      unsubscribe: makeUnsubscribe(unitOfWork),
      tokens,
      alerts: queries.alerts,
      watchProduct: makeWatchProduct(unitOfWork, neighbours),
      unwatchProduct: makeUnwatchProduct(unitOfWork),
      readers: openFeedback(toolbox, config),
      takeFeedback: makeTakeFeedback(unitOfWork),
      liftSuppression: makeLiftSuppression(unitOfWork, clock),
      resend: makeResend(unitOfWork, queries, toSendTask, ids, clock),
      preview: makePreview(queries, renderer),
      webhooks: webhooks.useCases,
      personalData: makePersonalData(unitOfWork, queries),
    }),
    errors,
    consumers: [
      makeConsumer(toolbox, unitOfWork, 'notification', makeConsumerHandlers(scheduleMails), unhurried),
      makeConsumer(toolbox, unitOfWork, 'notification.people', peopleHandlers, unhurried),
      webhooks.consumer,
      makeConsumer(
        toolbox,
        unitOfWork,
        'notification.matters',
        makeMatterHandlers({
          reviewAfterDays: config.NOTIFICATION_REVIEW_AFTER_DAYS,
          cartAfterHours: config.NOTIFICATION_CART_AFTER_HOURS,
        }),
        { gatherMs: MATTERS_GATHER_MS },
      ),
    ],
    workers: [
      ...tasks.map((task) => makeWorker(toolbox, unitOfWork, task, { ...unhurried, atOnce: CONNECTIONS })),
      makeWorker(toolbox, unitOfWork, makeConcludeTask(conclude, confirm, scheduleMails), timer),
      makeWorker(toolbox, unitOfWork, digestTask, timer),
      ...webhooks.workers,
    ],
    sweeps: [
      webhooks.sweep,
      { name: 'messages of long ago', everyMs: DAY, sweep: makeForgetOld(unitOfWork, clock) },
    ],
    attachments: [
      {
        start: () => Promise.resolve(),
        stop: () => {
          channels.close();
          return webhooks.close();
        },
      },
    ],
  };
};
