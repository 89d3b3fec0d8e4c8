import { Container } from 'inversify';
import { describe, expect, it } from 'vitest';
import { derivedId } from '#adapters/system/derived-id.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { moneyOf } from '#kernel/money.ts';
import type { Task } from '#kernel/tasks.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, START, STORES } from '#test/kit/toolbox.ts';
import { makeConcludeTask, toConcludeTask } from '../adapters/tasks/conclude.ts';
import { toDigestTask } from '../adapters/tasks/digest.ts';
import { toSendTask } from '../adapters/tasks/send-mail.ts';
import type { Matter } from '../core/application/conclude.ts';
import { makeConfirm } from '../core/application/confirm.ts';
import { makeHold } from '../core/application/digests.ts';
import { makeScheduleMails } from '../core/application/schedule-mails.ts';
import type { Alert } from '../core/domain/alert.ts';
import type { News } from '../core/domain/news.ts';
import { notification } from '../main/module.ts';
import { Storage, storage } from '../main/storage.ts';

const AT_ONCE = 8;
const ADA = derivedId('ada');
const KETTLE = derivedId('kettle');
const ALERT: Alert = {
  userId: ADA,
  variantId: KETTLE,
  sku: 'KETTLE',
  isForStock: true,
  below: moneyOf(20, 'EUR'),
};
const OWNER = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' };
const WATCHED = { ...OWNER, variantId: KETTLE, product: 'Kettle', price: moneyOf(15, 'EUR') };

describe.each(STORES)('an alert in %s', (store) => {
  const shop = forEachTest(async () => {
    const toolbox = await openToolbox(store, notification);
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(toolbox));
    const unitOfWork = container.get(Storage.UnitOfWork);
    await unitOfWork.run(({ alerts }) => alerts.put(ALERT));
    const { clock } = toolbox;
    const channels = new Set(['email'] as const);
    const { settle } = makeConcludeTask(
      () => Promise.reject(new Error('this test concludes by itself')),
      makeConfirm(makeHold({ clock, hour: 8, toTask: toDigestTask })),
      makeScheduleMails({ clock, toTask: toSendTask, channels, idOf: derivedId }),
    );
    /** A unit of an instance that has concluded an event. */
    const concluded = (matter: Matter, about: Pick<News, 'kind' | 'facts'>): Promise<void> => {
      const eventId = systemIds.next();
      const cause = { correlationId: 'story-1', causationId: eventId };
      const task: Task = { ...toConcludeTask(eventId, eventId, matter), cause, attempts: 0, runAt: START };
      const news = [{ eventId, userId: ADA, ...about } as News];
      return unitOfWork.run((tx) => settle(tx, [{ task, outcome: { matter, news } }]));
    };
    return { unitOfWork, queries: container.get(Storage.Queries), concluded };
  });
  const isBack = () =>
    shop.concluded({ about: 'stock', sku: 'KETTLE' }, { kind: 'stock.available', facts: WATCHED });
  const isCheaper = () =>
    shop.concluded(
      { about: 'price', variantId: KETTLE },
      { kind: 'price.dropped', facts: { ...WATCHED, before: moneyOf(20, 'EUR') } },
    );
  const kinds = async (): Promise<readonly string[]> => {
    const page = await shop.queries.page({ userId: ADA, limit: 100 });
    return page.ok ? page.value.items.map(({ kind }) => kind).sort() : [];
  };

  it('leads to one message, of events that several instances conclude at once', async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, isBack));
    expect(await kinds()).toEqual(['stock.available']);
    expect(await shop.queries.alerts.ofUser(ADA)).toEqual([{ ...ALERT, isForStock: false }]);
    await isBack();
    expect(await kinds()).toEqual(['stock.available']);
  });

  it('for stock and for a price leads to one message of each, also at once', async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => (at % 2 === 0 ? isBack() : isCheaper())));
    expect(await kinds()).toEqual(['price.dropped', 'stock.available']);
    expect(await shop.queries.alerts.ofUser(ADA)).toEqual([]);
  });

  it('is known to exist by its SKU and its variant, while it waits for stock and for a price', async () => {
    const watched = async () => [
      await shop.queries.alerts.skusWatched(['MUG', 'KETTLE']),
      await shop.queries.alerts.pricesWatched([derivedId('mug'), KETTLE]),
    ];
    expect(await watched()).toEqual([new Set(['KETTLE']), new Set([KETTLE])]);
    expect(await shop.queries.alerts.skusWatched([])).toEqual(new Set());
    await isBack();
    await isCheaper();
    expect(await watched()).toEqual([new Set(), new Set()]);
  });

  it('is ended by one of many units', async () => {
    const part = { kind: 'stock.available', variantId: KETTLE } as const;
    const end = () => shop.unitOfWork.run(({ alerts }) => alerts.end(ADA, part));
    const ended = await Promise.all(Array.from({ length: AT_ONCE }, end));
    expect(ended.filter(Boolean)).toHaveLength(1);
    const other = { ...part, variantId: derivedId('mug') };
    expect(await shop.unitOfWork.run(({ alerts }) => alerts.end(ADA, other))).toBe(false);
  });
});
