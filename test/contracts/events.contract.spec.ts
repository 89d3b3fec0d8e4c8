import { describe, expect, it } from 'vitest';
import { runBecauseOf } from '#adapters/context/cause.ts';
import { InvalidEvent } from '#adapters/events/schemas.ts';
import type { DeadLetter, LetterPosition } from '#adapters/messaging/stores.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, NewEvent } from '#kernel/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { gone } from '#test/kit/events.ts';
import { ALL_STORES, START } from '#test/kit/toolbox.ts';
import { openProbe, type ProbeTx } from './probe.ts';

const P1 = systemIds.next();
const P2 = systemIds.next();

describe.each(ALL_STORES)('events in %s', (store) => {
  const probe = forEachTest(() => openProbe(store));
  const run = <T>(work: (tx: ProbeTx) => Promise<T>): Promise<T> => probe.unitOfWork.run(work);
  const sealed = (): EventEnvelope => probe.toolbox.seal(gone(systemIds.next()));
  const claim = (consumer: string, ...events: readonly EventEnvelope[]): Promise<EventEnvelope[]> =>
    run(({ inbox }) => inbox.claim(consumer, events));

  describe('the outbox', () => {
    it('contains the events of a committed unit in order, and wakes the relay once', async () => {
      await run(async ({ outbox }) => {
        await outbox.add(gone(P1, 1), gone(P1, 2));
        await outbox.add(gone(P1, 3));
        await outbox.add();
        expect(probe.woken).toEqual([]);
      });
      const versions = (await probe.toolbox.announced()).map(({ aggregate_version }) => aggregate_version);
      expect(versions).toEqual([1, 2, 3]);
      expect(new Set(probe.woken)).toEqual(new Set(['relay']));
    });

    it('contains no event of a failed unit', async () => {
      const failed = run(async ({ outbox }) => {
        await outbox.add(gone(P1));
        throw new Error('broken');
      });
      await expect(failed).rejects.toThrow('broken');
      expect(await probe.toolbox.announced()).toEqual([]);
      expect(probe.woken).toEqual([]);
    });

    it('completes an event to its envelope', async () => {
      await run(({ outbox }) => outbox.add(gone(P1, 7)));
      const [envelope] = await probe.toolbox.announced();
      expect(envelope).toEqual({
        event_id: envelope?.event_id,
        event_type: 'product.deleted',
        event_version: '1.0',
        timestamp: START.toISOString(),
        correlation_id: envelope?.event_id,
        causation_id: envelope?.event_id,
        aggregate_id: P1,
        aggregate_version: 7,
        key: P1,
        payload: { product_id: P1, version: 7, deleted_at: START.toISOString() },
      });
    });

    it('records the cause: the event’s own, or else the current one', async () => {
      const cause = { correlationId: 'c-1', causationId: 'r-1', traceparent: '00-a-b-01' };
      await runBecauseOf(cause, () =>
        run(({ outbox }) =>
          outbox.add(gone(P1), {
            ...gone(P2),
            cause: { correlationId: 'c-2', causationId: 'r-2' },
            key: 'k',
          }),
        ),
      );
      expect(await probe.toolbox.announced()).toMatchObject([
        { correlation_id: 'c-1', causation_id: 'r-1', traceparent: '00-a-b-01', key: P1 },
        { correlation_id: 'c-2', causation_id: 'r-2', key: 'k' },
      ]);
    });

    it('refuses an event that violates its contract', async () => {
      const broken = { ...gone(P1), payload: { product_id: P1 } } as unknown as NewEvent;
      await expect(run(({ outbox }) => outbox.add(broken))).rejects.toThrow(InvalidEvent);
    });

    it('returns events to the relay oldest first, until they are removed', async () => {
      const { outbox } = probe.toolbox.stores;
      for (const version of [1, 2, 3]) await run((tx) => tx.outbox.add(gone(P1, version)));
      const oldest = await outbox.oldest(2);
      expect(oldest.map(({ envelope }) => envelope.aggregate_version)).toEqual([1, 2]);
      await outbox.remove(oldest.map(({ id }) => id));
      expect((await outbox.oldest(9)).map(({ envelope }) => envelope.aggregate_version)).toEqual([3]);
      expect(await outbox.size()).toBe(1);
    });
  });

  describe('the inbox', () => {
    it('passes an event to a consumer once: in a batch, and across batches', async () => {
      const [a, b, c] = [sealed(), sealed(), sealed()];
      expect(await claim('mail', a, b, a)).toEqual([a, b]);
      expect(await claim('mail', c, b, a)).toEqual([c]);
      expect(await claim('mail')).toEqual([]);
    });

    it('keeps the order of the batch', async () => {
      const batch = Array.from({ length: 20 }, sealed).toReversed();
      expect(await claim('mail', ...batch)).toEqual(batch);
    });

    it('distinguishes consumers', async () => {
      const event = sealed();
      expect(await claim('mail', event)).toEqual([event]);
      expect(await claim('stock', event)).toEqual([event]);
    });

    it('forgets the claims of a failed unit', async () => {
      const event = sealed();
      const failed = run(async ({ inbox }) => {
        await inbox.claim('mail', [event]);
        throw new Error('broken');
      });
      await expect(failed).rejects.toThrow('broken');
      expect(await claim('mail', event)).toEqual([event]);
    });

    it('passes an event to one of two units that claim it at once', async () => {
      const event = sealed();
      const claimed = await Promise.all([claim('mail', event), claim('mail', event), claim('mail', event)]);
      expect(claimed.flat()).toEqual([event]);
    });
  });

  describe('dead letters', () => {
    const park = (consumer: string, event: EventEnvelope, error = 'Error: no'): Promise<void> =>
      run(async ({ inbox }) => {
        await inbox.claim(consumer, [event]);
        await inbox.park(consumer, event, error);
      });

    it('keep an event with the error of its consumer', async () => {
      const event = sealed();
      await park('mail', event);
      const { deadLetters } = probe.toolbox.stores;
      const [letter] = await deadLetters.list(10);
      expect(letter).toEqual({
        consumer: 'mail',
        envelope: event,
        error: 'Error: no',
        parkedAt: letter?.parkedAt,
      });
      expect(letter?.parkedAt.getTime()).toBeGreaterThan(0);
      expect(await deadLetters.find('mail', event.event_id)).toEqual(letter);
      expect(await deadLetters.find('other', event.event_id)).toBeUndefined();
    });

    it('are listed up to the requested number', async () => {
      for (const event of [sealed(), sealed(), sealed()]) await park('mail', event);
      expect(await probe.toolbox.stores.deadLetters.list(2)).toHaveLength(2);
    });

    it('are listed page by page, those parked at the same moment as well', async () => {
      const [first, second, third] = [sealed(), sealed(), sealed()];
      const tied = [second, first].flatMap((event) =>
        ['stock', 'mail'].map((consumer) => ({ event, consumer })),
      );
      // A unit on MongoDB saves one document.
      for (const unit of store === 'mongo' ? tied.map((one) => [one]) : [tied])
        await run(async ({ inbox }) => {
          for (const { event, consumer } of unit) {
            await inbox.claim(consumer, [event]);
            await inbox.park(consumer, event, 'Error: no');
          }
        });
      await park('mail', third);
      const { deadLetters } = probe.toolbox.stores;
      const nameOf = ({ consumer, envelope }: DeadLetter): string => `${consumer} ${envelope.event_id}`;
      const all = (await deadLetters.list(10)).map(nameOf);
      const paged: string[] = [];
      let after: LetterPosition | undefined;
      for (;;) {
        const [letter] = await deadLetters.list(1, after);
        if (!letter) break;
        paged.push(nameOf(letter));
        after = { ...letter, eventId: letter.envelope.event_id };
      }
      expect(paged).toEqual(all);
      expect(new Set(paged).size).toBe(5);
    });

    it('are listed from where a letter was that is gone', async () => {
      const [first, second] = [sealed(), sealed()];
      await park('mail', first);
      await park('mail', second);
      const { deadLetters } = probe.toolbox.stores;
      const [letter] = await deadLetters.list(1);
      if (!letter) throw new Error('no letter');
      await deadLetters.reopen('mail', letter.envelope.event_id);
      await run(({ inbox }) => inbox.claim('mail', [letter.envelope]));
      const [next] = await deadLetters.list(1, { ...letter, eventId: letter.envelope.event_id });
      expect(next?.envelope).toEqual(letter.envelope.event_id === first.event_id ? second : first);
    });

    it('count as handled: a redelivery has no effect', async () => {
      const event = sealed();
      await park('mail', event);
      expect(await claim('mail', event)).toEqual([]);
      expect(await probe.toolbox.stores.deadLetters.list(10)).toHaveLength(1);
    });

    it('can be reopened, and are deleted when the inbox accepts them', async () => {
      const { deadLetters } = probe.toolbox.stores;
      const event = sealed();
      await park('mail', event);
      expect(await deadLetters.reopen('mail', event.event_id)).toMatchObject({ envelope: event });
      // A crash here loses nothing.
      expect(await deadLetters.list(10)).toHaveLength(1);
      expect(await claim('mail', event)).toEqual([event]);
      expect(await deadLetters.list(10)).toEqual([]);
      expect(await deadLetters.reopen('mail', event.event_id)).toBeUndefined();
      expect(await claim('mail', event)).toEqual([]);
    });

    it('have the newest error when they fail again', async () => {
      const { deadLetters } = probe.toolbox.stores;
      const event = sealed();
      await park('mail', event, 'Error: first');
      await deadLetters.reopen('mail', event.event_id);
      await park('mail', event, 'Error: second');
      expect(await deadLetters.list(10)).toMatchObject([{ error: 'Error: second' }]);
    });

    it('of another consumer stay as they are', async () => {
      const { deadLetters } = probe.toolbox.stores;
      const event = sealed();
      await park('mail', event);
      await park('stock', event);
      await deadLetters.reopen('mail', event.event_id);
      await claim('mail', event);
      expect(await deadLetters.list(10)).toMatchObject([{ consumer: 'stock' }]);
      expect(await claim('stock', event)).toEqual([]);
    });

    it('do not make a handled event new', async () => {
      const event = sealed();
      await claim('mail', event);
      expect(await probe.toolbox.stores.deadLetters.reopen('mail', event.event_id)).toBeUndefined();
      expect(await claim('mail', event)).toEqual([]);
    });
  });
});
