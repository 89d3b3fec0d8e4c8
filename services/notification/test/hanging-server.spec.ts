import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Container } from 'inversify';
import { SMTPServer } from 'smtp-server';
import { makeConsumer, makeWorker } from '#adapters/service/parts.ts';
import { PERFORM_MS } from '#adapters/tasks/task-worker.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { until } from '#test/kit/conditions.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { CONNECTIONS, smtpMailer, TIMEOUTS, type SmtpMailer } from '../adapters/mail/smtp-mailer.ts';
import { makeConsumerHandlers } from '../adapters/messaging/consumer.ts';
import { derivedId } from '#adapters/system/derived-id.ts';
import { makeSendTask, toSendTask } from '../adapters/tasks/send-mail.ts';
import { handlebarsRenderer } from '../adapters/templates/handlebars-renderer.ts';
import { makeScheduleMails } from '../core/application/schedule-mails.ts';
import { makeDeliverMail } from '../core/application/send-mail.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import { Storage, storage } from '../main/storage.ts';
import { notification } from '../main/module.ts';
import { anEvent } from './event.mother.ts';

const MAILS = 200;
/** Every so many recipients the server hangs. */
const HANGS = 25;
const SENDER = { name: 'The Shop', address: 'no-reply@shop.example', domain: 'shop.example' };
const HANG_MS = 500;

describe('a mail server that hangs', () => {
  const toolbox = forEachTest(() => openToolbox('memory', notification));
  let unitOfWork: UnitOfWork<NotificationTx>;
  let queries: NotificationQueries;
  let server: SMTPServer;
  let mailer: SmtpMailer;
  let taken: string[];
  let sessions: number;
  let most: number;

  beforeEach(async () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(toolbox));
    unitOfWork = container.get(Storage.UnitOfWork);
    queries = container.get(Storage.Queries);
    [taken, sessions, most] = [[], 0, 0];
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onConnect: (_session, done) => {
        sessions += 1;
        most = Math.max(most, sessions);
        done();
      },
      onClose: () => {
        sessions -= 1;
      },
      onRcptTo: ({ address }, _session, done) => {
        if (!address.startsWith('hang')) done();
      },
      onData: (stream, session, done) => {
        stream.resume().on('end', () => {
          taken.push(...session.envelope.rcptTo.map(({ address }) => address));
          done();
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    mailer = await smtpMailer(`smtp://127.0.0.1:${port}`, SENDER, {
      timeouts: { ...TIMEOUTS, socketTimeout: HANG_MS },
    });
  });
  afterEach(async () => {
    mailer.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const isHanging = (index: number): boolean => index % HANGS === 0;
  const addressOf = (index: number): string => `${isHanging(index) ? 'hang' : 'good'}-${index}@example.com`;
  const aWelcome = (index: number): EventEnvelope => {
    const event = anEvent('user.email_verified');
    return { ...event, event_id: systemIds.next(), payload: { ...event.payload, email: addressOf(index) } };
  };

  it(`delays only its own mails of ${MAILS}, and none is sent twice`, async () => {
    const good = Array.from({ length: MAILS }, (_, index) => index).filter((index) => !isHanging(index));
    const consumer = makeConsumer(
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
    await consumer.handle(Array.from({ length: MAILS }, (_, index) => aWelcome(index)));
    const send = makeSendTask(
      'email',
      makeDeliverMail({
        queries,
        renderer: handlebarsRenderer({ shop: 'The Shop' }),
        mailer,
        unsubscribeUrlOf: () => undefined,
      }),
      { clock: toolbox.clock },
    );
    const worker = makeWorker(toolbox, unitOfWork, send, { atOnce: CONNECTIONS });
    worker.start();
    const left = () => toolbox.stores.tasks.stuck(0, MAILS);
    await until(() => taken.length === good.length);
    await until(async () => (await left()).every(({ error }) => error !== undefined));
    await worker.stop();
    expect(taken.toSorted()).toEqual(good.map(addressOf).toSorted());
    expect((await left()).map(({ error }) => error)).toEqual(
      Array.from({ length: MAILS / HANGS }, (): unknown => expect.stringMatching(/^MailNotTaken/)),
    );
    expect(most).toBeLessThanOrEqual(CONNECTIONS);
  });

  it('times out at each step before the worker gives up the task', () => {
    expect(Object.values(TIMEOUTS).reduce((sum, ms) => sum + ms, 0)).toBeLessThan(PERFORM_MS);
  });
});
