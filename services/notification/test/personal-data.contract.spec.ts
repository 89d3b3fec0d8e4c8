import { Container } from 'inversify';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { after, DAY } from '#kernel/clock.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, START, STORES } from '#test/kit/toolbox.ts';
import { followPeople } from '../core/application/follow-people.ts';
import { makeForgetOld, makePersonalData } from '../core/application/personal-data.ts';
import { initialPreferences } from '../core/domain/preferences.ts';
import type { Notification } from '../core/domain/notification.ts';
import { notification } from '../main/module.ts';
import { Storage, storage } from '../main/storage.ts';

const USER = systemIds.next();
const PERSON = { userId: USER, email: 'ada@example.com' };
const START_TEXT = START.toISOString();

const aMessage = (changes: Partial<Notification> = {}): Notification => ({
  notificationId: systemIds.next(),
  kind: 'order.placed',
  channel: 'email',
  userId: USER,
  recipient: PERSON.email,
  subject: 'We have received your order',
  status: 'pending',
  createdAt: START,
  ...changes,
});

describe.each(STORES)('what notification knows about a person, in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, notification));
  let data: PersonalData;
  const open = () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(toolbox));
    return { unitOfWork: container.get(Storage.UnitOfWork), queries: container.get(Storage.Queries) };
  };
  const fact = (email: string) => ({
    userId: USER,
    address: { email, firstName: 'Ada', lastName: 'Lovelace', at: START_TEXT },
    isProven: true,
  });
  const send = async (...messages: readonly Notification[]): Promise<void> => {
    const { unitOfWork } = open();
    await unitOfWork.run((tx) => tx.notifications.add(messages));
    await unitOfWork.run((tx) =>
      tx.notifications.settle(
        messages.map(({ notificationId }) => ({
          notificationId,
          outcome: { status: 'sent' },
          settledAt: START,
        })),
      ),
    );
  };

  beforeEach(async () => {
    const { unitOfWork, queries } = open();
    data = makePersonalData(unitOfWork, queries);
    await unitOfWork.run(async (tx) => {
      await followPeople(tx, [fact(PERSON.email)]);
      await tx.preferences.save({ ...initialPreferences(USER), version: 1, locale: 'de' });
      await tx.alerts.put({ userId: USER, variantId: systemIds.next(), sku: 'KET-RED', isForStock: true });
      await tx.suppressions.add({ email: PERSON.email, reason: 'hard_bounce', since: START_TEXT });
    });
    await send(aMessage(), aMessage({ userId: systemIds.next() }));
    await unitOfWork.run((tx) => tx.notifications.add([aMessage({ subject: 'Waiting' })]));
  });

  it('is read with its messages, without what they contained', async () => {
    const { items } = await data.read(PERSON, undefined);
    expect(items.map(({ kind }) => kind)).toEqual([
      'recipient',
      'preferences',
      'alert',
      'message',
      'message',
    ]);
    expect(JSON.stringify(items)).not.toContain('news');
  });

  it('is erased, except messages that wait, and nothing is learned again', async () => {
    expect(await data.erase(PERSON)).toEqual({
      isDone: true,
      erased: [
        { kind: 'recipients', count: 1 },
        { kind: 'alerts', count: 1 },
        { kind: 'notifications', count: 1 },
      ],
      kept: [{ kind: 'notifications', count: 1, reason: 'open_order' }],
    });
    const { unitOfWork, queries } = open();
    await unitOfWork.run((tx) => followPeople(tx, [fact('ada@example.org')]));
    expect((await queries.person(USER))?.address).toBeUndefined();
    expect(await queries.preferences(USER)).toMatchObject({ locale: 'en' });
    expect(await queries.suppression(PERSON.email)).toBeUndefined();
    expect((await data.erase(PERSON)).erased).toEqual([]);
    expect(await queries.page({ limit: 9 })).toMatchObject({ value: { items: [{}, {}] } });
  });

  it('is nothing about a stranger, and the pages of a list end', async () => {
    const stranger = { userId: systemIds.next() };
    expect(await data.read(stranger, undefined)).toEqual({ items: [] });
    expect(await data.erase(stranger)).toEqual({ isDone: true, erased: [], kept: [] });
    await send(...Array.from({ length: 100 }, () => aMessage()));
    const first = await data.read(PERSON, undefined);
    const second = await data.read(PERSON, first.next);
    expect([first.items.length, second.items.length, second.next]).toEqual([103, 2, undefined]);
    await expect(data.read(PERSON, 'nonsense')).rejects.toThrow('cursor');
  });

  it('is forgotten 180 days after a message, whether or not anyone asks for it', async () => {
    const { unitOfWork, queries } = open();
    await send(aMessage({ createdAt: after(START, DAY) }));
    toolbox.clock.advance(180 * DAY + 1);
    await makeForgetOld(unitOfWork, toolbox.clock)();
    const page = await queries.page({ userId: USER, limit: 9 });
    expect(page.ok && page.value.items.map(({ status }) => status)).toEqual(['sent', 'pending']);
  });
});
