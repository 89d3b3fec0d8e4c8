import { beforeEach, describe, expect, it } from 'vitest';
import type { EventEnvelope } from '#kernel/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { makeOrderConsumer } from '../adapters/messaging/consumer.ts';
import { makePersonalData } from '../core/application/personal-data.ts';
import { makeReturnWords } from '../core/application/return-words.ts';
import { RUN_RETURNS } from './recording.ts';
import { order as module } from '../main/module.ts';
import { openClaims } from './claims.rig.ts';
import { aPlaced, AT } from './order.mother.ts';

const EMAIL = 'gail@example.com';
const on = (day: number): string => `2026-03-0${day}T12:00:00.000Z`;

describe.each(STORES)('the orders of guests in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, module));
  let claims: ReturnType<typeof openClaims>;

  beforeEach(() => {
    claims = openClaims(toolbox);
  });

  const place = async (email = EMAIL, placedAt = AT): Promise<string> => {
    const orderId = toolbox.ids.next();
    const placed = aPlaced({ customer: { email, name: 'Gail Guest' }, placedAt });
    await claims.unitOfWork.run((tx) =>
      claims.run(tx, [{ id: orderId, command: { type: 'place', orderId, placed } }]),
    );
    return orderId;
  };
  const verified = (userId: string, email = EMAIL, at = AT): EventEnvelope =>
    eventAbout(userId, 'user.email_verified', { user_id: userId, email, verified_at: at });
  const changed = (userId: string, previous: string, email: string, at: string): EventEnvelope =>
    eventAbout(userId, 'user.email_changed', {
      user_id: userId,
      previous_email: previous,
      email,
      changed_at: at,
    });
  const hear = async (...events: readonly EventEnvelope[]): Promise<void> => {
    for (const event of events)
      await makeOrderConsumer(toolbox, claims.unitOfWork, claims.run).handle([event]);
  };
  const work = () => claims.work();
  const ownerOf = async (orderId: string): Promise<string | undefined> =>
    (await claims.queries.find(orderId))?.state.customer.userId;
  const ordersOf = async (userId: string): Promise<readonly string[]> => {
    const page = await claims.queries.page({ userId, limit: 200 });
    if (!page.ok) throw new Error(page.error.detail);
    return page.value.items.map(({ orderId }) => orderId);
  };

  it('become those of the user who proves their address, before or after the order', async () => {
    const user = toolbox.ids.next();
    const [before, foreign] = [await place(), await place('other@example.com')];
    await work();
    expect(await ordersOf(user)).toEqual([]);
    await hear(verified(user, 'Gail@Example.com'));
    await work();
    const after = await place();
    await work();
    expect((await ordersOf(user)).toSorted()).toEqual([before, after].sort());
    expect(await ownerOf(foreign)).toBeUndefined();
    const claimed = (await toolbox.announced()).filter(({ event_type }) => event_type === 'order.claimed');
    expect(claimed.map(({ payload }) => payload)).toMatchObject(
      [before, after].map((order_id) => ({ order_id, customer: { user_id: user, email: EMAIL } })),
    );
  });

  it('are claimed once, and stay whose they are', async () => {
    const [first, second] = [toolbox.ids.next(), toolbox.ids.next()];
    const orderId = await place();
    await hear(verified(first), verified(first));
    await work();
    await hear(verified(second, EMAIL, on(5)));
    await work();
    expect(await ownerOf(orderId)).toBe(first);
    expect((await claims.queries.find(orderId))?.version).toBe(2);
  });

  it('look the same in their timeline as before', async () => {
    const orderId = await place();
    const before = (await claims.queries.find(orderId))?.state;
    await hear(verified(toolbox.ids.next()));
    await work();
    const after = (await claims.queries.find(orderId))?.state;
    expect([after?.timeline, after?.updatedAt]).toEqual([before?.timeline, before?.updatedAt]);
  });

  it.each(['in order', 'the other way round'])(
    'are the user’s until they leave the address, with events %s',
    async (how) => {
      const user = toolbox.ids.next();
      const events = [verified(user, EMAIL, on(2)), changed(user, EMAIL, 'new@example.com', on(4))];
      await hear(...(how === 'in order' ? events : events.toReversed()));
      await work();
      const [before, since, renamed] = [
        await place(EMAIL, on(3)),
        await place(EMAIL, on(5)),
        await place('new@example.com', on(6)),
      ];
      await work();
      expect(await Promise.all([before, since, renamed].map(ownerOf))).toEqual([user, undefined, user]);
    },
  );

  it('are all claimed, however many there are', async () => {
    const user = toolbox.ids.next();
    for (let index = 0; index < 101; index += 1) await place();
    await hear(verified(user));
    await work();
    expect(await ordersOf(user)).toHaveLength(101);
  });

  it('are found by ID and address', async () => {
    const orderId = await place();
    expect((await claims.queries.ofCustomer(orderId, EMAIL))?.orderId).toBe(orderId);
    expect(await claims.queries.ofCustomer(orderId, 'other@example.com')).toBeUndefined();
    expect(await claims.queries.ofCustomer(toolbox.ids.next(), EMAIL)).toBeUndefined();
    expect(await claims.queries.ofCustomer('12345', EMAIL)).toBeUndefined();
  });

  it('are in the export of their user; an erasure forgets which addresses the user has proved', async () => {
    const userId = toolbox.ids.next();
    const orderId = await place();
    await hear(verified(userId));
    await work();
    const data = makePersonalData(
      claims.queries,
      claims.unitOfWork,
      makeReturnWords(claims.unitOfWork, RUN_RETURNS),
    );
    expect(await data.read({ userId }, undefined)).toMatchObject({
      items: [
        { kind: 'proven_address', data: { email: EMAIL, provenAt: AT } },
        { kind: 'order', data: { orderId } },
      ],
    });
    const { erased } = await data.erase({ userId });
    expect(erased).toMatchObject([{ kind: 'proven_addresses', count: 1 }]);
    expect((await data.erase({ userId })).erased).toEqual([]);
    const later = await place();
    await work();
    expect(await ownerOf(later)).toBeUndefined();
  });
});
