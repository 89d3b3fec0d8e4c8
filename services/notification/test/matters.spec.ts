import { beforeEach, describe, expect, it } from 'vitest';
import { Container } from 'inversify';
import { makeConsumer } from '#adapters/service/parts.ts';
import { derivedId } from '#adapters/system/derived-id.ts';
import { DAY, HOUR } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { moneyOf } from '#kernel/money.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openToolbox, START } from '#test/kit/toolbox.ts';
import { makeConsumerHandlers } from '../adapters/messaging/consumer.ts';
import { makeMatterHandlers } from '../adapters/messaging/matters.ts';
import { peopleHandlers } from '../adapters/messaging/people.ts';
import { makeConcludeTask } from '../adapters/tasks/conclude.ts';
import { toDigestTask } from '../adapters/tasks/digest.ts';
import { toSendTask } from '../adapters/tasks/send-mail.ts';
import { ALERTS_AT_ONCE, makeConclude, NotKnownYet } from '../core/application/conclude.ts';
import { makeConfirm } from '../core/application/confirm.ts';
import { makeHold } from '../core/application/digests.ts';
import { makeScheduleMails } from '../core/application/schedule-mails.ts';
import type { Alert } from '../core/domain/alert.ts';
import { initialPreferences } from '../core/domain/preferences.ts';
import type { Neighbours } from '../core/ports/neighbours.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import { notification } from '../main/module.ts';
import { Storage, storage } from '../main/storage.ts';
import { anEvent, ORDER_ID } from './event.mother.ts';

const WAITS = { reviewAfterDays: 7, cartAfterHours: 24 };
const VARIANT = '018f4e7a-8888-7000-8000-000000000001';
const ADA = anEvent('order.placed').payload.customer.user_id;

describe.each(['memory', 'pglite'] as const)('matters in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, notification));
  let unitOfWork: UnitOfWork<NotificationTx>;
  let queries: NotificationQueries;
  let hear: (...events: readonly EventEnvelope[]) => Promise<void>;
  /** Returns how many tasks were due. */
  let conclude: (meanwhile?: () => Promise<void>) => Promise<number>;
  let asked: number;
  let price: number;
  let available: number;

  beforeEach(() => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(toolbox));
    unitOfWork = container.get(Storage.UnitOfWork);
    queries = container.get(Storage.Queries);
    const { clock } = toolbox;
    const scheduleMails = makeScheduleMails({
      clock,
      toTask: toSendTask,
      channels: new Set(['email']),
      idOf: derivedId,
    });
    const consumers = [makeConsumerHandlers(scheduleMails), peopleHandlers, makeMatterHandlers(WAITS)].map(
      (handlers, index) => makeConsumer(toolbox, unitOfWork, `notification.${index}`, handlers),
    );
    hear = async (...events) => {
      for (const event of events)
        for (const consumer of consumers)
          if (consumer.topics.includes(event.event_type)) await consumer.handle([event]);
    };
    [asked, price, available] = [0, 19.99, 5];
    const neighbours: Neighbours = {
      cart: () => {
        asked += 1;
        return Promise.resolve([{ variantId: VARIANT, quantity: 2 }]);
      },
      offers: () =>
        Promise.resolve([
          { variantId: VARIANT, sku: 'KET-RED', name: 'Kettle (Red)', price: moneyOf(price, 'EUR') },
        ]),
      stock: () => Promise.resolve(new Map([[VARIANT, available]])),
    };
    const task = makeConcludeTask(
      makeConclude(queries, neighbours, derivedId),
      makeConfirm(makeHold({ clock, hour: 8, toTask: toDigestTask })),
      scheduleMails,
    );
    conclude = async (meanwhile = () => Promise.resolve()) => {
      const due = await toolbox.stores.tasks.claim(task.kind, clock.now(), clock.now(), 50);
      const done = await Promise.all(
        due.map(async (one) => ({ task: one, outcome: await task.perform(one) })),
      );
      await meanwhile();
      await unitOfWork.run(async (tx) => {
        await task.settle(tx, done);
        await tx.tasks.complete(...due.map(({ key }) => key));
      });
      return due.length;
    };
  });

  const consent = () =>
    unitOfWork.run(({ preferences }) =>
      preferences.save({
        ...initialPreferences(ADA),
        version: 1,
        choices: { 'review.requested': { email: true }, 'cart.abandoned': { email: true } },
      }),
    );
  const kinds = async () => (await queries.ofOrder(ORDER_ID)).map(({ kind }) => kind);
  const proven = anEvent('user.email_verified', { user_id: ADA });
  const status = (now: 'lost' | 'returned' | 'in_transit') =>
    eventAbout(ORDER_ID, 'shipment.status_updated', { status: now });

  it.each(['lost', 'returned'] as const)('lead to a mail if a parcel is %s', async (now) => {
    await hear(anEvent('order.placed'), status(now), status('in_transit'));
    toolbox.clock.advance(1);
    await conclude();
    const [mail] = await queries.ofOrder(ORDER_ID);
    expect(mail).toMatchObject({ kind: `shipment.${now}`, recipient: 'ada@example.com', userId: ADA });
    expect(await kinds()).toHaveLength(2);
  });

  it('wait until the service knows the recipient of the parcel', async () => {
    await hear(status('lost'));
    await expect(conclude()).rejects.toThrow(NotKnownYet);
    await hear(anEvent('order.placed'));
    toolbox.clock.advance(1);
    await conclude();
    expect(await kinds()).toContain('shipment.lost');
  });

  it('ask for a review seven days after the delivery, once, with consent', async () => {
    await consent();
    const delivered = anEvent('order.delivered', { delivered_at: START.toISOString() });
    await hear(proven, anEvent('order.placed'), delivered);
    toolbox.clock.advance(7 * DAY - 1);
    await conclude();
    expect(await kinds()).not.toContain('review.requested');
    toolbox.clock.advance(1);
    await conclude();
    await hear({ ...delivered, event_id: anEvent('order.delivered').event_id });
    await conclude();
    expect((await kinds()).filter((kind) => kind === 'review.requested')).toHaveLength(1);
  });

  it.each([
    ['without consent', [proven], false],
    ['if the address is not proven', [], true],
    [
      'if the order is reviewed',
      [proven, eventAbout(ORDER_ID, 'review.created', { order_id: ORDER_ID })],
      true,
    ],
    ['if money was refunded', [proven, anEvent('order.refunded')], true],
  ] as const)('do not ask for a review %s', async (_, events, isConsenting) => {
    if (isConsenting) await consent();
    await hear(
      anEvent('order.placed'),
      anEvent('order.delivered', { delivered_at: START.toISOString() }),
      ...events,
    );
    toolbox.clock.advance(7 * DAY);
    await conclude();
    expect(await kinds()).not.toContain('review.requested');
  });

  it('of a refund include what the order cost, if that is known', async () => {
    await hear(anEvent('order.refunded'));
    await hear(anEvent('order.placed'));
    await hear(anEvent('order.refunded', { amount: 1, refunded_total: 6 }));
    const refunds = (await queries.ofOrder(ORDER_ID)).flatMap(({ news }) =>
      news?.kind === 'order.refunded' ? [news.facts] : [],
    );
    const totals = refunds.map(({ total, orderTotal }) => [total.minor, orderTotal?.minor]);
    expect(totals.sort()).toEqual([
      [500, undefined],
      [600, 109_943],
    ]);
  });

  describe('about an abandoned cart', () => {
    const added = (version: number) => ({
      ...eventAbout(ADA, 'cart.item_added', { cart_id: ADA, user_id: ADA }, version),
      timestamp: toolbox.clock.now().toISOString(),
    });
    const ordered = (cart_version: number) => anEvent('order.placed', { cart_id: ADA, cart_version });
    const later = async (hours: number, meanwhile?: () => Promise<void>) => {
      toolbox.clock.advance(hours * HOUR);
      await conclude(meanwhile);
    };
    const reminders = async () => {
      const page = await queries.page({ userId: ADA, kind: 'cart.abandoned', limit: 9 });
      return page.ok ? page.value.items : [];
    };

    beforeEach(async () => {
      await consent();
      await hear(proven);
    });

    it('remind of it once, a day after the last item, with the prices of now', async () => {
      await hear(added(1));
      await later(23);
      await hear(added(2));
      await later(23);
      expect(await reminders()).toEqual([]);
      price = 14.5;
      await later(1);
      expect(await reminders()).toMatchObject([
        { news: { facts: { lines: [{ name: 'Kettle (Red)', quantity: 2, price: { minor: 1_450 } }] } } },
      ]);
      await hear(added(3));
      await later(48);
      expect(await reminders()).toHaveLength(1);
    });

    it('remind of the next cart, after an order', async () => {
      await hear(added(1));
      await later(24);
      await hear(ordered(2), added(3));
      await later(24);
      expect(await reminders()).toHaveLength(2);
    });

    it.each([
      ['before', [1, 'order']],
      ['after', ['order', 1]],
    ] as const)('do not if it was ordered, an event that came %s that of the item', async (_, order) => {
      for (const one of order) await hear(one === 'order' ? ordered(1) : added(1));
      await later(24);
      expect([await reminders(), asked]).toEqual([[], 0]);
    });

    it('do not if it is ordered in the moment of the reminder', async () => {
      await hear(added(1));
      await later(24, () => hear(ordered(1)));
      expect(asked).toBe(1);
      expect(await reminders()).toEqual([]);
    });

    it('do not if nothing of it can be had', async () => {
      await hear(added(1));
      available = 1;
      await later(24);
      expect(await reminders()).toEqual([]);
    });

    it('do not without consent, and do not even ask what is in it', async () => {
      await unitOfWork.run(async ({ preferences }) =>
        preferences.save({ ...initialPreferences(ADA), version: 2 }),
      );
      await hear(added(1));
      await later(24);
      expect([await reminders(), asked]).toEqual([[], 0]);
    });
  });

  describe('about a watched product', () => {
    const SKU = 'KET-RED';
    const watch = async (changes: Partial<Alert> = {}) => {
      await unitOfWork.run(({ alerts }) =>
        alerts.put({ userId: ADA, variantId: VARIANT, sku: SKU, isForStock: true, ...changes }),
      );
    };
    const isBack = (version: number) =>
      eventAbout(ADA, 'inventory.availability_changed', { sku: SKU, version, is_available: true });
    const changed = () =>
      eventAbout(ADA, 'product.updated', { variants: [{ variant_id: VARIANT, sku: SKU }] });
    const mails = async () => {
      const page = await queries.page({ userId: ADA, limit: 9 });
      return page.ok ? page.value.items.filter(({ kind }) => /^(stock|price)/.test(kind)) : [];
    };

    beforeEach(() => hear(proven));

    it('are not even thought of if nobody watches it', async () => {
      await watch({ sku: 'KET-BLUE', variantId: derivedId('blue'), below: moneyOf(19.99, 'EUR') });
      await hear(isBack(1), changed());
      expect(await conclude()).toBe(0);
    });

    it('say once that it is available again', async () => {
      await watch();
      await hear(isBack(1));
      await conclude();
      await hear(isBack(2));
      await conclude();
      expect(await mails()).toMatchObject([
        { kind: 'stock.available', news: { facts: { product: 'Kettle (Red)', price: { minor: 1_999 } } } },
      ]);
      expect(await queries.alerts.ofUser(ADA)).toEqual([]);
    });

    it('keep the wish if it is sold out before the mail is due', async () => {
      await watch();
      await hear(isBack(1));
      available = 0;
      await conclude();
      expect([await mails(), await queries.alerts.ofUser(ADA)]).toMatchObject([[], [{ isForStock: true }]]);
    });

    it('say once that it costs less, and keep the wish to know of its stock', async () => {
      await watch({ below: moneyOf(19.99, 'EUR') });
      await hear(changed());
      await conclude();
      expect(await mails()).toEqual([]);
      price = 15;
      await hear(changed());
      await conclude();
      expect(await mails()).toMatchObject([
        { kind: 'price.dropped', news: { facts: { price: { minor: 1_500 }, before: { minor: 1_999 } } } },
      ]);
      const [left] = await queries.alerts.ofUser(ADA);
      expect([left?.isForStock, left?.below]).toEqual([true, undefined]);
    });

    it('reach all who watch it, part by part', async () => {
      const users = Array.from({ length: ALERTS_AT_ONCE + 1 }, (_, index) => derivedId(String(index)));
      await unitOfWork.run(async ({ alerts }) => {
        for (const userId of users)
          await alerts.put({ userId, variantId: VARIANT, sku: SKU, isForStock: true });
      });
      const [last = ''] = users.toSorted().slice(-1);
      await hear(anEvent('user.email_verified', { user_id: last }), isBack(1));
      await conclude();
      await conclude();
      const page = await queries.page({ userId: last, kind: 'stock.available', limit: 9 });
      expect(page.ok && page.value.items).toHaveLength(1);
    });
  });
});
