import { beforeEach, describe, expect, it } from 'vitest';
import { currentCause } from '#adapters/context/cause.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import { causeOf, type EventEnvelope } from '#kernel/events.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { openProbe, type ProbeTx } from '#test/contracts/probe.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { gone, goneEnvelope, versionsOf } from '#test/kit/events.ts';
import { ALL_STORES } from '#test/kit/toolbox.ts';
import type { Tries } from '#adapters/resilience/contention.ts';
import { each, type Handlers } from './consumer.ts';

/** Errors as drivers throw them when the server is going. */
const away = (): Error => Object.assign(new Error('terminating connection'), { code: '57P01' });

describe.each(ALL_STORES)('a consumer in %s', (store) => {
  const probe = forEachTest(() => openProbe(store));
  let units: number;
  const consumer = (handlers: Handlers<ProbeTx>, races?: Tries): Subscription => {
    const counted: UnitOfWork<ProbeTx> = {
      run: (work) => {
        units += 1;
        return probe.unitOfWork.run(work);
      },
    };
    return makeConsumer(probe.toolbox, counted, 'probe', handlers, { races });
  };
  /** Adds one per event; what `spoil` throws for an event is thrown after that. */
  const counting = (spoil: (event: EventEnvelope) => void = () => undefined): Subscription =>
    consumer({
      'product.deleted': each(async ({ numbers }, event) => {
        await numbers.add('handled', 1);
        spoil(event);
      }),
    });
  const parked = () => probe.toolbox.stores.deadLetters.list(10);

  beforeEach(() => {
    units = 0;
  });

  it('subscribes to the topics that it has handlers for', () => {
    const nothing = () => Promise.resolve();
    expect(consumer({ 'product.deleted': nothing, 'product.viewed': nothing }).topics).toEqual([
      'product.deleted',
      'product.viewed',
    ]);
  });

  it('handles a batch in one unit, once', async () => {
    const batch = [goneEnvelope(1), goneEnvelope(2), goneEnvelope(3)];
    const { handle } = counting();
    await handle(batch);
    expect([units, await probe.read('handled')]).toEqual([1, 3]);
    await handle(batch.slice(1));
    expect(await probe.read('handled')).toBe(3);
  });

  it('whose handlers may be repeated fills the inbox after them, where a unit saves one object', async () => {
    const event = goneEnvelope(1);
    const savingOne: UnitOfWork<ProbeTx> = {
      aggregatesPerUnit: 1,
      run: (work) => {
        units += 1;
        return probe.unitOfWork.run(work);
      },
    };
    const handlers: Handlers<ProbeTx> = { 'product.deleted': ({ numbers }) => numbers.add('handled', 1) };
    const options = { isRepeatable: true };
    await makeConsumer(probe.toolbox, savingOne, 'probe', handlers, options).handle([event]);
    expect([units, await probe.read('handled')]).toEqual([2, 1]);
    await counting().handle([event]);
    await makeConsumer(probe.toolbox, probe.unitOfWork, 'probe', handlers, {}).handle([event]);
    expect(await probe.read('handled')).toBe(1);
  });

  it('gives a batch handler all events of its type at once, in order', async () => {
    const seen: (readonly number[])[] = [];
    const { handle } = consumer({
      'product.deleted': async (_, events) => void seen.push(versionsOf(events)),
    });
    await handle([goneEnvelope(1), goneEnvelope(2)]);
    expect(seen).toEqual([[1, 2]]);
  });

  it('prepares for the new events of a batch before any of them is handled', async () => {
    const steps: unknown[] = [];
    const { handle } = makeConsumer(
      probe.toolbox,
      probe.unitOfWork,
      'probe',
      { 'product.deleted': each(async (_, { aggregate_version }) => void steps.push(aggregate_version)) },
      { prepare: async (_, events) => void steps.push(versionsOf(events)) },
    );
    const old = goneEnvelope(1);
    await handle([old]);
    await handle([old]);
    await handle([old, goneEnvelope(2), goneEnvelope(3)]);
    expect(steps).toEqual([[1], 1, [2, 3], 2, 3]);
  });

  it('makes the handled event the cause of what its handlers publish', async () => {
    const event = goneEnvelope();
    const seen: unknown[] = [];
    const { handle } = consumer({
      'product.deleted': each(async ({ outbox }) => {
        seen.push(currentCause());
        await outbox.add(gone(systemIds.next()));
      }),
    });
    await handle([event]);
    expect(seen).toEqual([causeOf(event)]);
    expect(await probe.toolbox.announced()).toMatchObject([
      { correlation_id: event.correlation_id, causation_id: event.event_id },
    ]);
  });

  it('parks an event that keeps failing, with its error, and handles the others', async () => {
    const batch = [goneEnvelope(1), goneEnvelope(2), goneEnvelope(3)];
    const { handle } = counting(({ aggregate_version }) => {
      if (aggregate_version === 2) throw new RangeError('cannot be');
    });
    await handle(batch);
    expect(await probe.read('handled')).toBe(2);
    expect(await parked()).toMatchObject([
      { consumer: 'probe', envelope: batch[1], error: 'RangeError: cannot be' },
    ]);
    await handle(batch);
    expect([await probe.read('handled'), (await parked()).length]).toEqual([2, 1]);
  });

  it('parks an event that breaks its contract, or has an unknown version', async () => {
    const broken = { ...goneEnvelope(1), payload: {} } as unknown as EventEnvelope;
    const unknown = { ...goneEnvelope(2), event_version: '9.0' };
    await counting().handle([broken, unknown, goneEnvelope(3)]);
    expect(await probe.read('handled')).toBe(1);
    expect((await parked()).map(({ error }) => error.split(':')[0])).toEqual([
      'InvalidEvent',
      'InvalidEvent',
    ]);
  });

  it('also parks an event whose handler throws something other than an error', async () => {
    const { handle } = counting(() => {
      // oxlint-disable-next-line typescript/only-throw-error -- some library will
      throw 'a text';
    });
    await handle([goneEnvelope()]);
    expect(await parked()).toMatchObject([{ error: 'a text' }]);
  });

  it('parks no event after a transient failure', async () => {
    let failures = 0;
    const { handle } = counting(() => {
      failures += 1;
      if (failures < 3) throw new Error('hiccup');
    });
    await handle([goneEnvelope()]);
    expect([await probe.read('handled'), await parked()]).toEqual([1, []]);
  });

  it('retries if another instance was faster', async () => {
    let races = 0;
    const { handle } = counting(() => {
      races += 1;
      if (races < 4) throw new VersionConflict('product');
    });
    await handle([goneEnvelope()]);
    expect([units, await probe.read('handled'), await parked()]).toEqual([1, 1, []]);
  });

  it('never parks an event that keeps losing races, and asks for redelivery after too many', async () => {
    const pauses: number[] = [];
    const races = {
      tries: 5,
      firstMs: 20,
      lastMs: 100,
      random: () => 1,
      pause: (ms: number) => Promise.resolve(pauses.push(ms)),
    };
    let isLost = true;
    const handlers: Handlers<ProbeTx> = {
      'product.deleted': each(async ({ numbers }) => {
        await numbers.add('handled', 1);
        if (isLost) throw new VersionConflict('race');
      }),
    };
    const { handle } = consumer(handlers, races);
    const event = goneEnvelope();
    await expect(handle([event])).rejects.toThrow(VersionConflict);
    expect(pauses).toEqual([20, 40, 80, 100]);
    expect([await probe.read('handled'), await parked()]).toEqual([undefined, []]);
    isLost = false;
    await handle([event]);
    expect([await probe.read('handled'), await parked()]).toEqual([1, []]);
  }, 60_000);

  it('parks an event that violates a unique key every time', async () => {
    const taken = Object.assign(new Error('duplicate key'), { code: '23505' });
    const { handle } = counting(() => {
      throw new VersionConflict('thing', { cause: taken });
    });
    await handle([goneEnvelope()]);
    expect(await parked()).toHaveLength(1);
    expect(await probe.toolbox.metrics.text()).toMatch(/events_parked_total\{consumer="probe".*\} 1/);
  });

  it('retries the events of a failed batch separately, in order', async () => {
    const steps: number[] = [];
    let hiccups = 1;
    const { handle } = consumer({
      'product.deleted': async (_, events) => {
        if (events.length > 1) throw new Error('not together');
        await new Promise(setImmediate);
        if (hiccups-- > 0) throw new Error('hiccup');
        steps.push(...versionsOf(events));
      },
    });
    await handle([goneEnvelope(1), goneEnvelope(2), goneEnvelope(3)]);
    expect(steps).toEqual([1, 2, 3]);
  });

  it('waits while the store is unavailable, and parks no event', async () => {
    let isAway = true;
    const batch = [goneEnvelope(1), goneEnvelope(2)];
    const { handle } = counting(() => {
      if (isAway) throw away();
    });
    await expect(handle(batch)).rejects.toThrow('terminating connection');
    expect([await probe.read('handled'), await parked()]).toEqual([undefined, []]);
    isAway = false;
    await handle(batch);
    expect(await probe.read('handled')).toBe(2);
  });

  it('also waits if the store becomes unavailable while events are handled separately', async () => {
    let isAway = true;
    const batch = [goneEnvelope(1), goneEnvelope(2), goneEnvelope(3)];
    const { handle } = counting(({ aggregate_version }) => {
      if (aggregate_version === 2) throw new Error('poison');
      if (aggregate_version === 3 && isAway) throw away();
    });
    await expect(handle(batch)).rejects.toThrow('terminating connection');
    isAway = false;
    await handle(batch);
    expect(await probe.read('handled')).toBe(2);
    expect((await parked()).map(({ envelope }) => envelope.aggregate_version)).toEqual([2]);
  });
});
