import { describe, expect, it } from 'vitest';
import { after, MINUTE } from '#kernel/clock.ts';
import { openProbe } from '#test/contracts/probe.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { START } from '#test/kit/toolbox.ts';
import { STUCK_AFTER, type RunningService } from './host.ts';
import { operationsOf } from './operations.ts';

describe('operators', () => {
  const probe = forEachTest(() => openProbe('memory'));

  const serviceOf = (name: string, redeliverable: string): RunningService => ({
    name,
    port: 0,
    stores: probe.toolbox.stores,
    unitOfWork: probe.unitOfWork,
    redeliver: (_, eventId) =>
      Promise.resolve({ outcome: eventId === redeliverable ? 'delivered' : 'unknown' }),
    hasten: () => Promise.resolve(2),
    start: () => Promise.resolve(),
    caughtUp: () => Promise.resolve(),
    startTimers: () => undefined,
    stop: () => Promise.resolve(),
  });
  const operations = () => operationsOf([serviceOf('cart', 'e-1'), serviceOf('order', 'e-2')], () => Promise.resolve('up 1')); // prettier-ignore

  it('see every parked event and every task that keeps failing, by service', async () => {
    const event = goneEnvelope();
    const { tasks } = probe.toolbox.stores;
    await probe.unitOfWork.run(async (tx) => {
      await tx.inbox.park('probe', event, 'Error: broken');
      await tx.tasks.schedule({ key: 'capture', kind: 'call', payload: null }, { key: 'well', kind: 'call', payload: null }); // prettier-ignore
    });
    for (let attempt = 0; attempt < STUCK_AFTER; attempt += 1) {
      for (const { key } of await tasks.claim('call', START, START, 2))
        await (key === 'capture' ? tasks.retry(key, START, 'Error: away') : tasks.retry(key, after(START, MINUTE), 'Error: once')); // prettier-ignore
    }
    const parked = {
      consumer: 'probe',
      event_id: event.event_id,
      event_type: event.event_type,
      error: 'Error: broken',
      parked_at: START.toISOString(),
    };
    const stuck = { key: 'capture', kind: 'call', attempts: STUCK_AFTER, error: 'Error: away' };
    expect(await operations().troubles()).toEqual(
      ['cart', 'order'].map((service) => ({ service, dead: [parked], stuck: [stuck] })),
    );
  });

  it('redeliver an event to the service whose consumer parked it', async () => {
    expect(await operations().redrive('probe', 'e-2')).toEqual({ outcome: 'delivered' });
    expect(await operations().redrive('probe', 'e-3')).toEqual({ outcome: 'unknown' });
  });

  it('retry the tasks of all services at once', async () => {
    expect(await operations().hasten()).toBe(4);
  });
});
