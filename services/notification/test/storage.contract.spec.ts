import { beforeEach, describe, expect, it } from 'vitest';
import { Container } from 'inversify';
import { systemIds } from '#adapters/system/ids.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { DESCENDING, TIED } from '#test/kit/pages.ts';
import { openToolbox, START, STORES } from '#test/kit/toolbox.ts';
import type { Notification } from '../core/domain/notification.ts';
import { MAILBOX_SIZE, type KeptMail, type Mailbox } from '../core/ports/mailbox.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import { Storage, storage } from '../main/storage.ts';
import { notification } from '../main/module.ts';
import { ORDER_ID } from './event.mother.ts';

const LATER = new Date(START.getTime() + 1_000);

const aNotification = (changes: Partial<Notification> = {}): Notification => ({
  notificationId: systemIds.next(),
  kind: 'order.placed',
  channel: 'email',
  orderId: ORDER_ID,
  recipient: 'ada@example.com',
  subject: 'We have received your order',
  status: 'pending',
  createdAt: START,
  ...changes,
});

const aMail = (changes: Partial<KeptMail> = {}): KeptMail => ({
  mailId: systemIds.next(),
  kind: 'order.placed',
  to: { email: 'ada@example.com', name: 'Ada Lovelace' },
  subject: 'We have received your order',
  html: '<p>It’s here</p>',
  text: 'It’s here',
  sentAt: START,
  ...changes,
});

describe.each(STORES)('in %s', (store) => {
  let unitOfWork: UnitOfWork<NotificationTx>;
  let queries: NotificationQueries;
  let mailbox: Mailbox;

  beforeEach(async () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(await openToolbox(store, notification)));
    unitOfWork = container.get(Storage.UnitOfWork);
    queries = container.get(Storage.Queries);
    mailbox = container.get(Storage.Mailbox);
  });

  describe('notifications', () => {
    it('are listed by order, newest first', async () => {
      const first = aNotification();
      const second = aNotification({ kind: 'order.confirmed', createdAt: LATER });
      const other = aNotification({ orderId: systemIds.next() });
      const { orderId: _, ...welcome } = aNotification({ kind: 'user.registered' });
      await unitOfWork.run(async ({ notifications }) => {
        await notifications.add([first, other]);
        await notifications.add([second, welcome]);
        await notifications.add([]);
      });
      expect(await queries.ofOrder(ORDER_ID)).toEqual([second, first]);
    });

    it('of the same time are listed in a stable order', async () => {
      const sent = TIED.map((notificationId) => aNotification({ notificationId }));
      await unitOfWork.run(({ notifications }) => notifications.add(sent));
      const listed = await queries.ofOrder(ORDER_ID);
      expect(listed.map(({ notificationId }) => notificationId)).toEqual(DESCENDING);
    });

    it('are unchanged when they are added again', async () => {
      const sent = aNotification();
      await unitOfWork.run(({ notifications }) => notifications.add([sent]));
      await unitOfWork.run(({ notifications }) => notifications.add([{ ...sent, subject: 'Other' }]));
      expect(await queries.ofOrder(ORDER_ID)).toEqual([sent]);
    });

    it('store their outcome', async () => {
      const sent = aNotification();
      const failed = aNotification({ createdAt: LATER });
      await unitOfWork.run(({ notifications }) => notifications.add([sent, failed]));
      await unitOfWork.run(({ notifications }) =>
        notifications.settle([
          { notificationId: sent.notificationId, outcome: { status: 'sent' }, settledAt: LATER },
          {
            notificationId: failed.notificationId,
            outcome: { status: 'failed', failure: 'SMTP 550' },
            settledAt: LATER,
          },
          { notificationId: systemIds.next(), outcome: { status: 'sent' }, settledAt: LATER },
        ]),
      );
      expect(await queries.ofOrder(ORDER_ID)).toEqual([
        { ...failed, status: 'failed', failure: 'SMTP 550', settledAt: LATER },
        { ...sent, status: 'sent', settledAt: LATER },
      ]);
    });
  });

  describe('the mailbox', () => {
    it('returns mails as they were stored, once', async () => {
      const mail = aMail();
      await mailbox.keep(mail);
      await mailbox.keep({ ...mail, subject: 'Other' });
      expect(await mailbox.find(mail.mailId)).toEqual(mail);
      expect(await mailbox.list({ limit: 10 })).toEqual([mail]);
      expect(await mailbox.find(systemIds.next())).toBeUndefined();
    });

    it('lists mails newest first, all or those to one address', async () => {
      const [old, recent] = [aMail(), aMail({ sentAt: LATER })];
      const other = aMail({ to: { email: 'bob@example.com', name: 'Bob' } });
      for (const mail of [recent, old, other]) await mailbox.keep(mail);
      expect(await mailbox.list({ limit: 10, to: 'ada@example.com' })).toEqual([recent, old]);
      expect(await mailbox.list({ limit: 1 })).toEqual([recent]);
      expect(await mailbox.list({ limit: 10, to: 'nobody@example.com' })).toEqual([]);
    });

    it('lists mails of the same time in a stable order', async () => {
      for (const mailId of TIED) await mailbox.keep(aMail({ mailId }));
      const listed = await mailbox.list({ limit: 20 });
      expect(listed.map(({ mailId }) => mailId)).toEqual(DESCENDING);
    });

    it(`deletes the oldest mails beyond ${MAILBOX_SIZE}`, async () => {
      const sentAt = (index: number): Date => new Date(START.getTime() + index);
      const mails = Array.from({ length: MAILBOX_SIZE + 2 }, (_, index) => aMail({ sentAt: sentAt(index) }));
      for (const mail of mails) await mailbox.keep(mail);
      const kept = await mailbox.list({ limit: 1_000 });
      expect(kept).toHaveLength(MAILBOX_SIZE);
      expect(kept.at(-1)).toEqual(mails[2]);
    });
  });
});
