import { beforeEach, describe, expect, it } from 'vitest';
import { Container } from 'inversify';
import { systemIds } from '#adapters/system/ids.ts';
import { after, DAY, SECOND } from '#kernel/clock.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { allPages } from '#test/kit/pages.ts';
import { openToolbox, START, STORES } from '#test/kit/toolbox.ts';
import { afterAttempt, deliveryTo, type WebhookDelivery } from '../core/domain/webhook-delivery.ts';
import { newEndpoint } from '../core/domain/webhook-endpoint.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import type { WebhookQueries } from '../core/ports/webhooks.ts';
import { Storage, storage } from '../main/storage.ts';
import { notification } from '../main/module.ts';

const ENDPOINT = systemIds.next();
const OTHER = systemIds.next();

let count = 0;
/** Later than those before: events of the same millisecond are in no order. */
const nextEventId = (): string => {
  count += 1;
  return `0190a000-0000-7000-8000-${String(count).padStart(12, '0')}`;
};

const aDelivery = (endpointId = ENDPOINT, createdAt = START): WebhookDelivery => {
  const data = { note: 'It’s “here” \0' };
  const timestamp = START.toISOString();
  return deliveryTo(endpointId, { eventId: nextEventId(), type: 'order.placed', timestamp, data }, createdAt);
};

const attempted = (delivery: WebhookDelivery, status: number): WebhookDelivery => {
  const attempt = { at: START.toISOString(), durationMs: 7, status, answer: 'It’s “fine”' };
  return afterAttempt(delivery, { answer: { kind: 'answered', status, text: '' }, attempt }, START, 0.5);
};

describe.each(STORES)('webhooks in %s', (store) => {
  let unitOfWork: UnitOfWork<NotificationTx>;
  let queries: WebhookQueries;

  beforeEach(async () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(await openToolbox(store, notification)));
    unitOfWork = container.get(Storage.UnitOfWork);
    queries = container.get(Storage.Webhooks);
  });

  const add = (...deliveries: readonly WebhookDelivery[]): Promise<void> =>
    unitOfWork.run(({ webhooks }) => webhooks.deliveries.add(deliveries));
  const save = (...deliveries: readonly WebhookDelivery[]): Promise<void> =>
    unitOfWork.run(({ webhooks }) => webhooks.deliveries.save(deliveries));

  it('have endpoints, which are read as they were saved', async () => {
    const content = { url: 'https://a.example/', description: 'ERP', eventTypes: ['order.placed'] } as const;
    const endpoint = newEndpoint(ENDPOINT, content, 'sealed', START);
    await unitOfWork.run(({ webhooks }) => webhooks.endpoints.save(endpoint));
    expect(await queries.endpoints.all()).toEqual([endpoint]);
    expect(await unitOfWork.run(({ webhooks }) => webhooks.endpoints.count())).toBe(1);
  });

  it('have deliveries, which are added once', async () => {
    const delivery = aDelivery();
    await add(delivery);
    await add({ ...delivery, body: 'other' });
    await add();
    expect(await queries.deliveries.find(delivery)).toEqual(delivery);
    expect(await queries.deliveries.find({ ...delivery, endpointId: OTHER })).toBeUndefined();
  });

  it('are found together in a unit', async () => {
    const [one, other] = [aDelivery(), aDelivery(OTHER)];
    await add(one, other);
    const found = await unitOfWork.run(({ webhooks }) =>
      webhooks.deliveries.find([one, other, { ...one, endpointId: OTHER }]),
    );
    expect(found.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))).toEqual([one, other]);
    expect(await unitOfWork.run(({ webhooks }) => webhooks.deliveries.find([]))).toEqual([]);
  });

  it('keep the log of their attempts', async () => {
    const [failed, delivered] = [aDelivery(), aDelivery()];
    await add(failed, delivered);
    const changed = [attempted(failed, 503), attempted(delivered, 204)] as const;
    await save(...changed);
    await save();
    expect(await queries.deliveries.find(failed)).toEqual(changed[0]);
    expect(await queries.deliveries.find(delivered)).toEqual(changed[1]);
  });

  it('are saved only by the first of two units that have read the same version', async () => {
    const delivery = aDelivery();
    await add(delivery);
    await save(attempted(delivery, 204));
    await expect(save(attempted(delivery, 503))).rejects.toThrow(VersionConflict);
    await expect(save(attempted(aDelivery(), 204))).rejects.toThrow(VersionConflict);
    expect((await queries.deliveries.find(delivery))?.status).toBe('delivered');
  });

  it('are listed by endpoint and state, newest events first, page by page', async () => {
    const deliveries = [aDelivery(), aDelivery(), aDelivery()] as const;
    await add(...deliveries, aDelivery(OTHER));
    await save(attempted(deliveries[1], 204));
    const listed = async (status?: 'pending') => {
      const all = await allPages(
        (request) => queries.deliveries.page({ endpointId: ENDPOINT, status, ...request }),
        1,
      );
      return all.map(({ eventId }) => eventId);
    };
    const [oldest, middle, newest] = deliveries.map(({ eventId }) => eventId);
    expect(await listed()).toEqual([newest, middle, oldest]);
    expect(await listed('pending')).toEqual([newest, oldest]);
    const foreign = await queries.deliveries.page({ endpointId: ENDPOINT, limit: 1, cursor: 'x' });
    expect(foreign).toMatchObject({ ok: false, error: { code: 'INVALID_CURSOR' } });
  });

  it('that have failed are found by endpoint and age, oldest events first, part by part', async () => {
    const times = [-1, 0, SECOND, 2 * SECOND, 2 * SECOND + 1].map((ms) => after(START, ms));
    const failed = times.map((createdAt) => aDelivery(ENDPOINT, createdAt));
    const [delivered, pending, foreign] = [aDelivery(), aDelivery(), aDelivery(OTHER)];
    await add(...failed, delivered, pending, foreign);
    await save(...[...failed, foreign].map((one) => attempted(one, 400)), attempted(delivered, 204));
    const find = (last?: string, limit = 2) =>
      queries.deliveries.failed({
        endpointId: ENDPOINT,
        from: START,
        to: after(START, 2 * SECOND),
        after: last,
        limit,
      });
    const expected = failed.slice(1, 4).map(({ endpointId, eventId }) => ({ endpointId, eventId }));
    expect(await find()).toEqual(expected.slice(0, 2));
    expect(await find(expected[1]?.eventId)).toEqual(expected.slice(2));
    expect(await find(expected[2]?.eventId)).toEqual([]);
    expect(await find(undefined, 9)).toEqual(expected);
  });

  it('are removed with their endpoint', async () => {
    const other = aDelivery(OTHER);
    const deliveries = [aDelivery(), other, aDelivery()];
    await add(...deliveries);
    await unitOfWork.run(({ webhooks }) => webhooks.deliveries.removeOf(ENDPOINT));
    const found = await Promise.all(deliveries.map((key) => queries.deliveries.find(key)));
    expect(found).toEqual([undefined, other, undefined]);
  });

  it('say how old the oldest is that is pending', async () => {
    expect(await queries.deliveries.oldestPending()).toBeUndefined();
    const [old, recent] = [aDelivery(), aDelivery(OTHER, after(START, SECOND))];
    await add(old, recent);
    expect(await queries.deliveries.oldestPending()).toEqual(START);
    await save(attempted(old, 204));
    expect(await queries.deliveries.oldestPending()).toEqual(after(START, SECOND));
  });

  it('are forgotten when they are old', async () => {
    const [old, recent] = [aDelivery(), aDelivery(ENDPOINT, after(START, DAY))];
    await add(old, recent);
    await queries.deliveries.forget(after(START, DAY));
    expect(await queries.deliveries.find(old)).toBeUndefined();
    expect(await queries.deliveries.find(recent)).toEqual(recent);
  });
});
