import { beforeEach, describe, expect, it } from 'vitest';
import { Container } from 'inversify';
import { makeConsumer } from '#adapters/service/parts.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { Performed, TaskHandler } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, START } from '#test/kit/toolbox.ts';
import { makeConsumerHandlers } from '../adapters/messaging/consumer.ts';
import { newsOf } from '../adapters/messaging/news.ts';
import { derivedId } from '#adapters/system/derived-id.ts';
import { makeSendTask, toSendTask } from '../adapters/tasks/send-mail.ts';
import { handlebarsRenderer } from '../adapters/templates/handlebars-renderer.ts';
import { makeScheduleMails } from '../core/application/schedule-mails.ts';
import { makeDeliverMail } from '../core/application/send-mail.ts';
import { EVENT_KINDS, type Mail } from '../core/domain/mail.ts';
import type { Delivery, Outcome } from '../core/domain/notification.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import { Storage, storage } from '../main/storage.ts';
import { notification } from '../main/module.ts';
import { anEvent, ORDER_ID } from './event.mother.ts';

describe.each(['memory', 'pglite'] as const)('events in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, notification));
  let unitOfWork: UnitOfWork<NotificationTx>;
  let queries: NotificationQueries;
  let consumer: Subscription;
  let worker: TaskHandler<NotificationTx, Outcome>;
  let sent: Mail[];
  let delivery: Delivery;

  beforeEach(() => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(toolbox));
    unitOfWork = container.get(Storage.UnitOfWork);
    queries = container.get(Storage.Queries);
    sent = [];
    delivery = { status: 'sent' };
    const mailer = {
      deliver: (mail: Mail) => {
        sent.push(mail);
        return Promise.resolve(delivery);
      },
    };
    consumer = makeConsumer(
      toolbox,
      unitOfWork,
      'notification',
      makeConsumerHandlers(
        makeScheduleMails({
          clock: toolbox.clock,
          toTask: toSendTask,
          channels: new Set(['email']),
          idOf: derivedId,
        }),
      ),
    );
    const renderer = handlebarsRenderer({ shop: 'The Shop' });
    const deliver = makeDeliverMail({ queries, renderer, mailer, unsubscribeUrlOf: () => undefined });
    worker = makeSendTask('email', deliver, { clock: toolbox.clock });
  });

  /** What a worker does in one turn. */
  const work = async (): Promise<void> => {
    const { clock, stores } = toolbox;
    const tasks = await stores.tasks.claim(worker.kind, clock.now(), clock.now(), 50);
    const done: Performed<Outcome>[] = [];
    for (const task of tasks) done.push({ task, outcome: await worker.perform(task) });
    await unitOfWork.run(async (tx) => {
      await worker.settle(tx, done);
      await tx.tasks.complete(...tasks.map(({ key }) => key));
    });
  };

  it('lead to one mail each', async () => {
    const events = EVENT_KINDS.map((kind) => anEvent(kind));
    await consumer.handle(events);
    await work();
    expect(sent.map(({ mailId }) => mailId).sort()).toEqual(events.map(({ event_id }) => event_id).sort());
    await work();
    expect(sent).toHaveLength(events.length);
  });

  it('are not mailed again when they are redelivered', async () => {
    const event = anEvent('order.placed');
    await consumer.handle([event, event]);
    await consumer.handle([event]);
    await work();
    expect(sent).toHaveLength(1);
  });

  it('are recorded as pending, then as sent', async () => {
    const { event_id } = anEvent('order.placed');
    const event = { ...anEvent('order.placed'), event_id };
    await consumer.handle([event]);
    const noted = {
      notificationId: event_id,
      kind: 'order.placed',
      orderId: ORDER_ID,
      recipient: 'ada@example.com',
      subject: 'We have received your order',
      createdAt: START,
      channel: 'email',
      userId: event.payload.customer.user_id,
      locale: 'en',
      news: newsOf(event),
    };
    expect(await queries.ofOrder(ORDER_ID)).toEqual([{ ...noted, status: 'pending' }]);
    toolbox.clock.advance(5_000);
    await work();
    expect(await queries.ofOrder(ORDER_ID)).toEqual([
      {
        ...noted,
        status: 'sent',
        settledAt: new Date('2026-03-01T12:00:05.000Z'),
        template: expect.stringMatching(/^[0-9a-f]{24}$/),
      },
    ]);
  });

  it('whose mail is refused for good are recorded as failed, with the reason', async () => {
    delivery = { status: 'failed', failure: 'SMTP 550' };
    await consumer.handle([anEvent('order.delivered')]);
    await work();
    expect(await queries.ofOrder(ORDER_ID)).toMatchObject([{ status: 'failed', failure: 'SMTP 550' }]);
    await work();
    expect(sent).toHaveLength(1);
  });

  it('are the cause of the task that sends the mail', async () => {
    const event = { ...anEvent('order.delivered'), correlation_id: 'correlation' };
    await consumer.handle([event]);
    const [task] = await toolbox.stores.tasks.claim(worker.kind, START, START, 1);
    expect(task?.cause).toEqual({ correlationId: 'correlation', causationId: event.event_id });
  });
});
