import { Container } from 'inversify';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeConsumer } from '#adapters/service/parts.ts';
import { derivedId } from '#adapters/system/derived-id.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY, HOUR } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { moneyOf } from '#kernel/money.ts';
import type { Task, TaskHandler } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { runDueTasks } from '#test/kit/tasks.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { makeMatterHandlers } from '../adapters/messaging/matters.ts';
import { peopleHandlers } from '../adapters/messaging/people.ts';
import { makeConcludeTask } from '../adapters/tasks/conclude.ts';
import { makeDigestTask, toDigestTask } from '../adapters/tasks/digest.ts';
import { makeSendTask, toSendTask } from '../adapters/tasks/send-mail.ts';
import { handlebarsRenderer } from '../adapters/templates/handlebars-renderer.ts';
import { makeUnwatchProduct } from '../core/application/alerts.ts';
import { makeConclude } from '../core/application/conclude.ts';
import { makeConfirm } from '../core/application/confirm.ts';
import {
  makeCollect,
  makeHold,
  makeRetime,
  makeSendDigests,
  type Collected,
} from '../core/application/digests.ts';
import { makePersonalData } from '../core/application/personal-data.ts';
import { makeChangePreferences, makeUnsubscribe } from '../core/application/preferences.ts';
import { makeScheduleMails } from '../core/application/schedule-mails.ts';
import { makeDeliverMail } from '../core/application/send-mail.ts';
import type { Channel } from '../core/domain/kinds.ts';
import type { Choice, PreferencesInput } from '../core/domain/preferences.ts';
import type { Neighbours, Offer } from '../core/ports/neighbours.ts';
import type { OutgoingMail } from '../core/ports/mailer.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import { notification } from '../main/module.ts';
import { Storage, storage } from '../main/storage.ts';
import { anEvent } from './event.mother.ts';

const ADA = anEvent('order.placed').payload.customer.user_id;
const [KETTLE, MUG] = [derivedId('kettle'), derivedId('mug')];
/** In Berlin, at noon: the next digest is at eight in the morning. */
const HOURS_TO_DIGEST = 19;
const BOTH_DAILY: readonly Choice[] = (['stock.available', 'price.dropped'] as const).map((kind) => ({
  kind,
  channel: 'email',
  isOn: true,
  frequency: 'daily',
}));

describe.each(STORES)('a digest in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, notification));
  let unitOfWork: UnitOfWork<NotificationTx>;
  let queries: NotificationQueries;
  let prices: Record<string, number>;
  let stock: Record<string, number>;
  let sent: OutgoingMail[];
  let digestTask: TaskHandler<NotificationTx, Collected | undefined>;
  let hear: (...events: readonly EventEnvelope[]) => Promise<void>;
  let conclude: () => Promise<unknown>;
  let work: (ms?: number) => Promise<void>;
  let choose: (choices: readonly Choice[], changes?: Partial<PreferencesInput>) => Promise<void>;

  const open = (channels: readonly Channel[] = ['email']): void => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(toolbox));
    unitOfWork = container.get(Storage.UnitOfWork);
    queries = container.get(Storage.Queries);
    const { clock } = toolbox;
    const scheduleMails = makeScheduleMails({
      clock,
      toTask: toSendTask,
      channels: new Set(channels),
      idOf: derivedId,
    });
    const offer = (variantId: string): readonly Offer[] => {
      const price = prices[variantId];
      const name = variantId === KETTLE ? 'Kettle (Red)' : 'Mug (Large)';
      return price === undefined
        ? []
        : [{ variantId, sku: `SKU-${variantId}`, name, price: moneyOf(price, 'EUR') }];
    };
    const neighbours: Neighbours = {
      cart: () => Promise.resolve([]),
      offers: (ids) => Promise.resolve(ids.flatMap(offer)),
      stock: (ids) => Promise.resolve(new Map(ids.map((id) => [id, stock[id] ?? 0]))),
    };
    const digests = { clock, hour: 8, toTask: toDigestTask };
    const concludeTask = makeConcludeTask(
      makeConclude(queries, neighbours, derivedId),
      makeConfirm(makeHold(digests)),
      scheduleMails,
    );
    digestTask = makeDigestTask(
      makeCollect(queries, neighbours),
      makeSendDigests(digests, scheduleMails, derivedId),
    );
    const mailer = {
      deliver: (mail: OutgoingMail) => {
        sent.push(mail);
        return Promise.resolve({ status: 'sent' } as const);
      },
    };
    const renderer = handlebarsRenderer({ shop: 'The Shop' });
    const unsubscribeUrlOf = () => 'https://api.shop.example/api/v1/unsubscribe?token=t';
    const sendTask = makeSendTask('email', makeDeliverMail({ queries, renderer, mailer, unsubscribeUrlOf }), {
      clock,
    });
    const consumers = [peopleHandlers, makeMatterHandlers({ reviewAfterDays: 7, cartAfterHours: 24 })].map(
      (handlers, index) => makeConsumer(toolbox, unitOfWork, `notification.${index}`, handlers),
    );
    hear = async (...events) => {
      for (const event of events)
        for (const consumer of consumers)
          if (consumer.topics.includes(event.event_type)) await consumer.handle([event]);
    };
    conclude = () => runDueTasks(toolbox, unitOfWork, [concludeTask]);
    work = async (ms = 0) => {
      clock.advance(ms);
      await conclude();
      await runDueTasks(toolbox, unitOfWork, [digestTask]);
      await runDueTasks(toolbox, unitOfWork, [sendTask]);
    };
    const change = makeChangePreferences(unitOfWork, makeRetime(digests));
    choose = async (choices, changes = {}) => {
      const input = {
        locale: 'en',
        timeZone: 'Europe/Berlin',
        choices,
        pushTokens: ['device'],
        ...changes,
      } as const;
      const changed = await change(ADA, input, undefined);
      if (!changed.ok) throw new Error(changed.error.detail);
    };
  };

  const watch = (variantId: string): Promise<void> =>
    unitOfWork.run(({ alerts }) =>
      alerts.put({
        userId: ADA,
        variantId,
        sku: `SKU-${variantId}`,
        isForStock: true,
        below: moneyOf(20, 'EUR'),
      }),
    );
  const isBack = (variantId: string) =>
    eventAbout(systemIds.next(), 'inventory.availability_changed', {
      sku: `SKU-${variantId}`,
      is_available: true,
    });
  const isCheaper = (variantId: string) =>
    eventAbout(systemIds.next(), 'product.updated', {
      variants: [{ variant_id: variantId, sku: `SKU-${variantId}` }],
    });
  const alerts = async (): Promise<readonly unknown[]> =>
    (await queries.alerts.ofUser(ADA)).map(({ variantId, isForStock, below }) => [
      variantId === KETTLE ? 'kettle' : 'mug',
      isForStock,
      below !== undefined,
    ]);
  /** The digest that is due, with a lease that ends at once. */
  const claim = async (): Promise<Task> => {
    const { clock, stores } = toolbox;
    const [task] = await stores.tasks.claim('digest', clock.now(), clock.now(), 1);
    if (!task) throw new Error('nothing is due');
    return task;
  };
  const settle = (task: Task, outcome: Collected | undefined) =>
    unitOfWork.run(async (tx) => {
      await digestTask.settle(tx, [{ task, outcome }]);
      await tx.tasks.complete(task.key);
    });
  const log = async () => {
    const page = await queries.page({ userId: ADA, limit: 9 });
    return page.ok ? page.value.items : [];
  };

  beforeEach(async () => {
    [prices, stock, sent] = [{ [KETTLE]: 25, [MUG]: 25 }, { [KETTLE]: 3, [MUG]: 3 }, []];
    open();
    await hear(anEvent('user.email_verified', { user_id: ADA }));
    await choose(BOTH_DAILY);
    await watch(KETTLE);
    await watch(MUG);
  });

  it('holds all that has waited, once, with the prices and stock of when it is sent', async () => {
    prices[MUG] = 15;
    await hear(isBack(KETTLE), isCheaper(MUG));
    await work();
    prices[KETTLE] = 24;
    prices[MUG] = 14.5;
    await work(HOURS_TO_DIGEST * HOUR - 1);
    expect([sent, await log()]).toEqual([[], []]);
    await work(1);
    expect(sent).toMatchObject([
      { kind: 'alerts.digest', to: { email: 'ada@example.com' }, unsubscribeUrl: expect.anything() },
    ]);
    expect(sent[0]?.text).toContain('  Kettle (Red): 24.00 EUR\n');
    expect(sent[0]?.text).toContain('  Mug (Large): 14.50 EUR instead of 20.00 EUR\n');
    expect(await log()).toMatchObject([{ kind: 'alerts.digest', status: 'sent', locale: 'en' }]);
    expect(await alerts()).toEqual(
      expect.arrayContaining([
        ['kettle', false, true],
        ['mug', true, false],
      ]),
    );
    await work(DAY);
    expect(sent).toHaveLength(1);
  });

  it('is in the language of its recipient', async () => {
    await choose(BOTH_DAILY, { locale: 'de' });
    await hear(isBack(KETTLE));
    await work();
    await work(DAY);
    expect(sent[0]?.subject).toBe('Neues zu Produkten, die Sie beobachten');
    expect(sent[0]?.text).toContain('Wieder verfügbar:\n\n  Kettle (Red): 25,00 EUR\n');
  });

  it('is not sent if it is empty, and its wishes go on', async () => {
    await hear(isBack(KETTLE));
    await work();
    stock[KETTLE] = 0;
    await work(DAY);
    expect([sent, await log()]).toEqual([[], []]);
    stock[KETTLE] = 1;
    await hear(isBack(KETTLE));
    await work();
    await work(DAY);
    expect(sent).toHaveLength(1);
  });

  it('leaves out what is no longer watched, no longer sold, or no longer cheaper', async () => {
    prices[MUG] = prices[KETTLE] = 15;
    await hear(isBack(KETTLE), isCheaper(KETTLE), isBack(MUG), isCheaper(MUG));
    await work();
    await makeUnwatchProduct(unitOfWork)(ADA, KETTLE);
    prices[MUG] = 20;
    await work(DAY);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toContain('Mug (Large): 20.00 EUR');
    expect(sent[0]?.text).not.toMatch(/Kettle|instead/);
    expect(await alerts()).toEqual([['mug', false, true]]);
    await hear(isCheaper(MUG));
    await work();
    prices = {};
    await work(DAY);
    expect(sent).toHaveLength(1);
  });

  it('comes a day later for what has come after it', async () => {
    await hear(isBack(KETTLE));
    await work();
    await work(DAY);
    await hear(isBack(MUG));
    await work();
    await work(DAY);
    expect(sent.map(({ text }) => /Kettle|Mug/.exec(text)?.[0])).toEqual(['Kettle', 'Mug']);
    expect(new Set(sent.map(({ mailId }) => mailId)).size).toBe(2);
  });

  it('leaves to the next one what has come while it was collected', async () => {
    await hear(isBack(KETTLE));
    await work();
    toolbox.clock.advance(HOURS_TO_DIGEST * HOUR);
    const task = await claim();
    const outcome = await digestTask.perform(task);
    await hear(isBack(MUG));
    await conclude();
    await settle(task, outcome);
    await work();
    expect(sent[0]?.text).not.toContain('Mug');
    await work(DAY);
    expect(sent[1]?.text).toContain('Mug');
    expect(sent).toHaveLength(2);
  });

  it('is sent once by two instances, and if the process is killed after it was collected', async () => {
    await hear(isBack(KETTLE));
    await work();
    toolbox.clock.advance(HOURS_TO_DIGEST * HOUR);
    const [one, other] = [await claim(), await claim()];
    const outcomes = [await digestTask.perform(one), await digestTask.perform(other)] as const;
    await Promise.all([settle(one, outcomes[0]), settle(other, outcomes[1])]);
    await work();
    expect(sent).toHaveLength(1);
    expect(await log()).toHaveLength(1);
  });

  it('is not sent by a process that has stalled until its recipient watches the product again', async () => {
    await hear(isBack(KETTLE));
    await work();
    toolbox.clock.advance(HOURS_TO_DIGEST * HOUR);
    const task = await claim();
    const outcome = await digestTask.perform(task);
    await work();
    await watch(KETTLE);
    await settle(task, outcome);
    await work();
    expect(sent).toHaveLength(1);
    expect(await alerts()).toContainEqual(['kettle', true, true]);
  });

  it('waits for the end of quiet hours', async () => {
    await choose(BOTH_DAILY, { quietHours: { from: '22:00', to: '09:30' } });
    await hear(isBack(KETTLE));
    await work();
    await work((HOURS_TO_DIGEST + 1.5) * HOUR - 1);
    expect(sent).toEqual([]);
    await work(1);
    expect(sent).toHaveLength(1);
  });

  it('moves with the time zone of its recipient', async () => {
    await hear(isBack(KETTLE));
    await work();
    await choose(BOTH_DAILY, { timeZone: 'America/New_York' }); // where it is seven in the morning
    await work(HOUR - 1);
    expect(sent).toEqual([]);
    await work(1);
    expect(sent).toHaveLength(1);
    await work(DAY);
    expect(sent).toHaveLength(1);
  });

  it('is sent at once when its recipient no longer wants its mails to wait', async () => {
    await hear(isBack(KETTLE));
    await work();
    await choose([]);
    await work();
    expect(sent).toMatchObject([{ kind: 'alerts.digest' }]);
    await hear(isBack(MUG));
    await work();
    expect(sent[1]).toMatchObject({ kind: 'stock.available' });
    await work(DAY);
    expect(sent).toHaveLength(2);
  });

  it('leaves out the kinds that its recipient has turned off, and does not come earlier for that', async () => {
    prices[MUG] = 15;
    await hear(isCheaper(MUG), isBack(KETTLE));
    await work();
    const off = { kind: 'price.dropped', channel: 'email', isOn: false } as const;
    await choose([...BOTH_DAILY.slice(0, 1), off]);
    await work();
    expect(sent).toEqual([]);
    await work(DAY);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toContain('Kettle');
    expect(sent[0]?.text).not.toContain('Mug');
  });

  it('waits only for mails of the kinds that its recipient chose', async () => {
    prices[MUG] = 15;
    await choose(BOTH_DAILY.slice(0, 1));
    await hear(isCheaper(MUG), isBack(KETTLE));
    await work();
    expect(sent.map(({ kind }) => kind)).toEqual(['price.dropped']);
    await work(DAY);
    expect(sent.map(({ kind }) => kind)).toEqual(['price.dropped', 'alerts.digest']);
  });

  it('ends with its mails by one click, also when it is already on its way', async () => {
    await hear(isBack(KETTLE));
    await work();
    const unsubscribe = makeUnsubscribe(unitOfWork);
    await unsubscribe(ADA, 'alerts.digest');
    await work(DAY);
    expect(sent).toEqual([]);
    await hear(isBack(MUG));
    await work();
    await work(DAY);
    expect(sent).toEqual([]);
    await choose(BOTH_DAILY);
    await watch(MUG);
    await hear(isBack(MUG));
    await work();
    const { clock } = toolbox;
    clock.advance(DAY);
    await runDueTasks(toolbox, unitOfWork, [digestTask]);
    await unsubscribe(ADA, 'alerts.digest');
    await work();
    expect([sent, await log()]).toMatchObject([[], [{ status: 'suppressed', failure: 'opted out' }]]);
  });

  it('does not delay push messages, of which there is one for each that waits', async () => {
    open(['email', 'push']);
    await choose([...BOTH_DAILY, { kind: 'stock.available', channel: 'push', isOn: true }]);
    await hear(isBack(KETTLE));
    await work();
    await hear(isBack(KETTLE));
    await work();
    expect((await log()).map(({ channel }) => channel)).toEqual(['push']);
    await work(DAY);
    expect((await log()).map(({ channel }) => channel).sort()).toEqual(['email', 'push']);
  });

  it('is known to its recipient, and gone when they are erased', async () => {
    await hear(isBack(KETTLE));
    await work();
    const data = makePersonalData(unitOfWork, queries);
    const person = { userId: ADA, email: 'ada@example.com' };
    expect((await data.read(person, undefined)).items).toContainEqual({
      kind: 'waiting',
      data: { kind: 'stock.available', variantId: KETTLE },
    });
    await data.erase(person);
    expect(await queries.digest(ADA)).toMatchObject({ items: [] });
    await work(DAY);
    expect(sent).toEqual([]);
  });
});
