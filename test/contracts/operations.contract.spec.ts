import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runInAct, type StaffAct } from '#adapters/context/act.ts';
import type { Request } from '#adapters/http/operations.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import type { Redelivery } from '#adapters/messaging/stores.ts';
import { encodeCursor } from '#adapters/pagination/cursor.ts';
import { after, MINUTE } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { operations } from '#openapi/generated/operations.ts';
import { openProbe } from './probe.ts';
import { actsIn } from '#test/kit/audit.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { ALL_STORES, START } from '#test/kit/toolbox.ts';
import { operationsHandlers } from '#adapters/service/operations-handlers.ts';
import { baseUnitOfWork } from '#adapters/service/unit-of-work.ts';

const ACTOR = '01900000-0000-7000-8000-000000000001';
const act = (operation: string): StaffAct => ({
  operation,
  category: 'operations',
  actorId: ACTOR,
  reason: 'it is late',
});

const Page = z.object({
  items: z.array(z.object({ consumer: z.string(), event_id: z.string() })),
  more: z.boolean(),
  next_cursor: z.string().optional(),
});

type Asked<Id extends keyof operations> = Request<operations[Id]>;

describe.each(ALL_STORES)('the operations of a service on %s', (store) => {
  const probe = forEachTest(() => openProbe(store));
  let redelivered: string[];
  let redelivery: Redelivery;
  let due: string[];

  const handlers = () => {
    const { stores, clock } = probe.toolbox;
    return operationsHandlers({
      service: 'probe',
      stores,
      unitOfWork: baseUnitOfWork(probe.toolbox, probe.toolbox.store),
      consumers: [makeConsumer(probe.toolbox, probe.unitOfWork, 'probe', {})],
      bus: { lag: () => 3 },
      clock,
      redeliver: async (_, eventId) => {
        redelivered.push(eventId);
        return Promise.resolve(redelivery);
      },
      expect: (tasks) => void due.push(...tasks.map(({ key }) => key)),
    });
  };
  /** A request as far as the handlers read it. */
  const asked = <Id extends keyof operations>(part: object): Asked<Id> =>
    ({ path: { service: 'probe' }, query: {}, headers: {}, ...part }) as Asked<Id>;
  const body = (answer: object): unknown => ('body' in answer ? answer.body : answer);
  const list = async (query: object = {}) =>
    body(await handlers().listDeadLetters(asked<'listDeadLetters'>({ query })));
  const redrive = async (...letters: readonly object[]) =>
    body(
      await runInAct(act('redriveDeadLetters'), () =>
        handlers().redriveDeadLetters(asked<'redriveDeadLetters'>({ body: { letters } })),
      ),
    );
  const discard = async (...letters: readonly object[]) =>
    body(
      await runInAct(act('discardDeadLetters'), () =>
        handlers().discardDeadLetters(asked<'discardDeadLetters'>({ body: { letters } })),
      ),
    );

  const park = async (event: EventEnvelope, consumer = 'probe'): Promise<void> => {
    await probe.unitOfWork.run(async ({ inbox }) => {
      await inbox.claim(consumer, [event]);
      await inbox.park(consumer, event, 'Error: no place for sam@example.com');
    });
  };
  const named = ({ event_id }: EventEnvelope, consumer = 'probe') => ({ consumer, event_id });

  beforeEach(() => {
    redelivered = [];
    redelivery = { outcome: 'delivered' };
    due = [];
  });

  it('count what waits', async () => {
    await park(goneEnvelope());
    expect(body(await handlers().getServiceOperations(asked<'getServiceOperations'>({})))).toMatchObject({
      service: 'probe',
      outbox_events: 0,
      consumers: [{ consumer: 'probe', lag: 3 }],
      dead_letters: 1,
      failing_tasks: 0,
    });
  });

  it('list dead letters with their payload and error, but without what names people', async () => {
    const event = goneEnvelope();
    await park({ ...event, payload: { ...event.payload, by: 'Sam Shopper' } } as EventEnvelope);
    expect(await list()).toMatchObject({
      more: false,
      items: [
        {
          ...named(event),
          event_type: event.event_type,
          payload: { ...event.payload, by: '•••' },
          error: 'Error: no place for •••',
        },
      ],
    });
  });

  it('list as many as wanted, of one kind or consumer', async () => {
    await park(goneEnvelope());
    await park(goneEnvelope(), 'other');
    expect(await list({ limit: 1 })).toMatchObject({ items: [{}], more: true });
    expect(await list({ consumer: 'other' })).toMatchObject({ items: [{ consumer: 'other' }], more: false });
    expect(await list({ event_type: 'order.placed' })).toEqual({ items: [], more: false });
  });

  it('list dead letters page by page, also those of one consumer', async () => {
    const [first, second, third] = [goneEnvelope(), goneEnvelope(), goneEnvelope()];
    for (const event of [first, second, third]) await park(event);
    await park(third, 'other');
    const pagesOf = async (filter: object): Promise<readonly (readonly string[])[]> => {
      const pages: string[][] = [];
      let cursor: string | undefined;
      do {
        const page = Page.parse(await list({ limit: 2, ...filter, ...(cursor && { cursor }) }));
        pages.push(page.items.map(({ consumer, event_id }) => `${consumer} ${event_id}`));
        expect(page.more).toBe(page.next_cursor !== undefined);
        cursor = page.next_cursor;
      } while (cursor !== undefined);
      return pages;
    };
    const names = [first, second, third].map(({ event_id }) => `probe ${event_id}`).sort();
    const mine = await pagesOf({ consumer: 'probe' });
    expect(mine.map((page) => page.length)).toEqual([2, 1]);
    expect(mine.flat().sort()).toEqual(names);
    const all = await pagesOf({});
    expect(all.map((page) => page.length)).toEqual([2, 2]);
    expect(all.flat().sort()).toEqual([`other ${third.event_id}`, ...names].sort());
  });

  it.each([
    'nonsense',
    encodeCursor({ list: 'orders', value: '2026-03-01T10:15:00.000Z probe', id: ACTOR }),
    encodeCursor({ list: 'dead letters', value: 'yesterday probe', id: ACTOR }),
  ])('refuse a cursor of another list: %s', async (cursor) => {
    expect(await list({ cursor })).toMatchObject({ ok: false, error: { code: 'INVALID_CURSOR' } });
  });

  it('announce who redrives a dead letter, before it is delivered', async () => {
    const event = goneEnvelope();
    await park(event);
    redelivery = { outcome: 'parked', error: 'Error: still broken' };
    expect(await redrive(named(event), named(goneEnvelope()))).toMatchObject({
      items: [{ ...named(event), outcome: 'parked', error: 'Error: still broken' }, { outcome: 'unknown' }],
    });
    expect(redelivered).toEqual([event.event_id]);
    expect(await probe.toolbox.audited()).toMatchObject([
      {
        payload: {
          service: 'probe',
          actor_id: ACTOR,
          operation: 'redriveDeadLetters',
          reason: 'it is late',
          subject: { kind: 'dead_letter', id: event.event_id },
          after: { redriven: true },
        },
      },
    ]);
  });

  it('discard a dead letter, which then counts as handled', async () => {
    const event = goneEnvelope();
    await park(event);
    expect(await discard(named(event))).toEqual({ items: [{ ...named(event), outcome: 'discarded' }] });
    expect(await list()).toEqual({ items: [], more: false });
    expect(await probe.unitOfWork.run(({ inbox }) => inbox.claim('probe', [event]))).toEqual([]);
    expect(await discard(named(event))).toMatchObject({ items: [{ outcome: 'unknown' }] });
    expect(await actsIn(probe.toolbox)).toEqual([
      {
        did: 'discardDeadLetters: dead_letter',
        before: { consumer: 'probe', event_type: event.event_type, aggregate_id: event.aggregate_id },
        after: undefined,
      },
    ]);
  });

  describe.skipIf(store === 'mongo')('of tasks, which MongoDB has none of,', () => {
    const tasks = async () => body(await handlers().listFailingTasks(asked<'listFailingTasks'>({})));
    const run = async (...keys: readonly string[]) =>
      body(await runInAct(act('runTasks'), () => handlers().runTasks(asked<'runTasks'>({ body: { keys } }))));
    const fail = async (...keys: readonly string[]): Promise<void> => {
      await probe.unitOfWork.run(({ tasks }) =>
        tasks.schedule(...keys.map((key) => ({ key, kind: 'call', payload: null }))),
      );
      const { stores } = probe.toolbox;
      for (const { key } of await stores.tasks.claim('call', START, after(START, MINUTE), 9))
        await stores.tasks.retry(key, after(START, MINUTE), 'Error: away');
    };

    it('list those that fail, with their next attempt', async () => {
      await probe.unitOfWork.run((tx) => tx.tasks.schedule({ key: 'new', kind: 'mail', payload: null }));
      await fail('a');
      expect(await tasks()).toMatchObject({
        more: false,
        items: [
          {
            key: 'a',
            kind: 'call',
            attempts: 1,
            error: 'Error: away',
            next_at: after(START, MINUTE).toISOString(),
          },
        ],
      });
    });

    it('make those that are named due now, and announce it', async () => {
      await fail('a', 'b');
      expect(await run('a', 'unknown')).toEqual({ keys: ['a'] });
      expect(due).toEqual(['a']);
      expect((await probe.toolbox.stores.tasks.claim('call', START, START, 9)).map(({ key }) => key)).toEqual(
        ['a'],
      );
      expect(await actsIn(probe.toolbox)).toMatchObject([{ did: 'runTasks: task' }]);
    });
  });
});
