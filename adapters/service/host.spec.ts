import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { after, HOUR, MINUTE } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { openProbe } from '#test/contracts/probe.ts';
import { until } from '#test/kit/conditions.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { gone, goneEnvelope } from '#test/kit/events.ts';
import { makeSend } from '#test/kit/http.ts';
import { START } from '#test/kit/toolbox.ts';
import type { Role } from '#adapters/auth/principal.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { each } from '../messaging/consumer.ts';
import { openService, STUCK_AFTER, type RunningService } from './host.ts';
import type { Composition, ServiceModule, Store, Toolbox } from './module.ts';
import { makeConsumer, makeWorker } from './parts.ts';

describe('a hosted service', () => {
  const probe = forEachTest(() => openProbe('memory'));
  let service: RunningService;
  let toolbox: Toolbox<Store>;
  let steps: string[];
  let swept: string[];
  let handle: (event: EventEnvelope) => void;

  const compose = (): Composition => {
    const worker = (kind: string, isTimer: boolean) =>
      makeWorker(
        toolbox,
        probe.unitOfWork,
        {
          kind,
          perform: async ({ key }) => void steps.push(key),
          settle: () => Promise.resolve(),
        },
        { isTimer },
      );
    return {
      handlers: {},
      errors: {},
      consumers: [
        makeConsumer(toolbox, probe.unitOfWork, 'probe', {
          'product.deleted': each(async ({ numbers }, event) => {
            handle(event);
            await numbers.add('handled', 1);
          }),
        }),
      ],
      workers: [worker('call', false), worker('timer', true)],
      sweeps: [{ name: 'old steps', everyMs: HOUR, sweep: async () => void swept.push('steps') }],
      attachments: [
        { start: async () => void steps.push('attached'), stop: async () => void steps.push('detached') },
      ],
    };
  };
  const module: ServiceModule = {
    name: 'probe',
    spec: new URL('../../openapi/catalog.yaml', import.meta.url),
    migrations: [],
    compose,
  };
  const open = async (): Promise<void> => {
    const wake: Parameters<typeof probe.onWake>[0] = { relay: () => undefined, tasks: () => undefined };
    service = await openService(module, {
      toolbox,
      host: '127.0.0.1',
      port: 0,
      validateResponses: true,
      isAlone: true,
      onWake: (targets) => Object.assign(wake, targets),
    });
    probe.onWake(wake);
  };
  const get = (path: string) => makeSend(`http://127.0.0.1:${service.port}`)('GET', path);

  beforeEach(() => {
    ({ toolbox } = probe);
    steps = [];
    swept = [];
    handle = () => undefined;
  });
  afterEach(async () => {
    await service.stop();
    await toolbox.bus.stop();
  });

  it('relays the events that it publishes, and consumes those that it subscribes to', async () => {
    await open();
    await toolbox.bus.start();
    await service.start();
    await probe.unitOfWork.run(({ outbox }) => outbox.add(gone(systemIds.next())));
    await until(async () => (await probe.read('handled')) === 1);
    expect(await service.stores.outbox.size()).toBe(0);
  });

  it('performs its tasks as soon as they are scheduled, and those of a dead process', async () => {
    await probe.unitOfWork.run(({ tasks }) => tasks.schedule({ key: 'old', kind: 'call', payload: null }));
    await toolbox.stores.tasks.claim('call', START, after(START, MINUTE), 1);
    await open();
    await service.start();
    await until(() => steps.includes('old'));
    await probe.unitOfWork.run(({ tasks }) => tasks.schedule({ key: 'new', kind: 'call', payload: null }));
    await until(() => steps.includes('new'));
  });

  it('has timers that can wait until its consumers have caught up', async () => {
    const isHandled = Promise.withResolvers<undefined>();
    await probe.unitOfWork.run(({ tasks }) => tasks.schedule({ key: 'timer', kind: 'timer', payload: null }));
    await open();
    let isFirst = true;
    handle = () => {
      steps.push('handled');
      if (isFirst) isHandled.resolve(undefined);
      isFirst = false;
    };
    await toolbox.bus.publish([goneEnvelope()]);
    await service.start();
    const caughtUp = service.caughtUp().then(() => service.startTimers());
    await toolbox.bus.start();
    await caughtUp;
    await until(() => steps.includes('timer'));
    expect(steps).toEqual(['attached', 'handled', 'timer']);
  });

  it('redelivers a parked event once it can be handled', async () => {
    await open();
    const event = goneEnvelope();
    const park = (): Promise<void> =>
      probe.unitOfWork.run(async ({ inbox }) => {
        await inbox.claim('probe', [event]);
        await inbox.park('probe', event, 'Error: broken');
      });
    await park();
    handle = () => {
      throw new Error('still broken');
    };
    expect(await service.redeliver('probe', event.event_id)).toEqual({
      outcome: 'parked',
      error: 'Error: still broken',
    });
    expect(await service.stores.deadLetters.list(9)).toMatchObject([{ error: 'Error: still broken' }]);
    handle = () => undefined;
    expect(await service.redeliver('probe', event.event_id)).toEqual({ outcome: 'delivered' });
    expect(await probe.read('handled')).toBe(1);
    expect(await service.stores.deadLetters.list(9)).toEqual([]);
    expect(await service.redeliver('probe', event.event_id)).toEqual({ outcome: 'unknown' });
    expect(await probe.read('handled')).toBe(1);
  });

  it('keeps a parked event that cannot be delivered, or has no consumer', async () => {
    await open();
    const event = goneEnvelope();
    await probe.unitOfWork.run(({ inbox }) => inbox.park('probe', event, 'Error: broken'));
    await probe.unitOfWork.run(({ inbox }) => inbox.park('retired', event, 'Error: broken'));
    handle = () => {
      throw Object.assign(new Error('the store went away'), { code: '57P01' });
    };
    await expect(service.redeliver('probe', event.event_id)).rejects.toThrow('the store went away');
    expect(await service.redeliver('retired', event.event_id)).toEqual({ outcome: 'unknown' });
    expect(await service.stores.deadLetters.list(9)).toHaveLength(2);
  });

  it('lets operators see and redrive dead letters over HTTP, and nobody else', async () => {
    await open();
    const event = goneEnvelope();
    await probe.unitOfWork.run(async ({ inbox }) => {
      await inbox.claim('probe', [event]);
      await inbox.park('probe', event, 'Error: broken');
    });
    const send = async (role: Role, method: 'GET' | 'POST', path: string, body?: object) =>
      makeSend(`http://127.0.0.1:${service.port}`)(method, `/api/v1/operations/probe${path}`, {
        token: await probe.toolbox.tokenOf(systemIds.next(), role),
        ...(body && { body }),
      });
    expect(await send('operator', 'GET', '/dead-letters')).toMatchObject({
      status: 200,
      body: { items: [{ event_id: event.event_id, error: 'Error: broken' }] },
    });
    const letters = [{ consumer: 'probe', event_id: event.event_id }];
    expect((await send('order_manager', 'POST', '/dead-letters/redrive', { letters })).status).toBe(403);
    expect(await send('operator', 'POST', '/dead-letters/redrive', { letters })).toMatchObject({
      status: 200,
      body: { items: [{ outcome: 'delivered' }] },
    });
    expect(await probe.read('handled')).toBe(1);
    expect(await probe.toolbox.audited()).toHaveLength(1);
  });

  it('retries stuck tasks at once on request', async () => {
    const { tasks } = toolbox.stores;
    await probe.unitOfWork.run((tx) => tx.tasks.schedule({ key: 'stuck', kind: 'call', payload: null }));
    for (let attempt = 1; attempt <= STUCK_AFTER; attempt += 1) {
      await tasks.claim('call', START, START, 1);
      await tasks.retry('stuck', attempt < STUCK_AFTER ? START : after(START, MINUTE), 'Error: away');
    }
    await open();
    await service.start();
    expect(steps).not.toContain('stuck');
    expect(await service.hasten()).toBe(1);
    await until(() => steps.includes('stuck'));
    expect(await service.hasten()).toBe(0);
  });

  describe('sweeps', () => {
    afterEach(() => {
      vi.useRealTimers();
    });

    it('as long as it runs, and its stores as well', async () => {
      vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate'] });
      const { stores } = toolbox;
      const sweep = async (now: Date): Promise<void> => void swept.push(`stores at ${now.toISOString()}`);
      toolbox = { ...toolbox, stores: { ...stores, housekeeping: { sweep } } };
      await open();
      await vi.advanceTimersByTimeAsync(2 * HOUR);
      expect(swept).toEqual([]);
      await service.start();
      await vi.advanceTimersByTimeAsync(0);
      expect(swept).toEqual([`stores at ${START.toISOString()}`, 'steps']);
      probe.toolbox.clock.advance(HOUR);
      await vi.advanceTimersByTimeAsync(HOUR);
      expect(swept.slice(2)).toEqual([`stores at ${after(START, HOUR).toISOString()}`, 'steps']);
      await service.stop();
      await vi.advanceTimersByTimeAsync(2 * HOUR);
      expect(swept).toHaveLength(4);
    });
  });

  it('is ready while its store responds', async () => {
    const { stores } = toolbox;
    let isAway = false;
    const size = (): Promise<number> => (isAway ? Promise.reject(new Error('away')) : stores.outbox.size());
    toolbox = { ...toolbox, stores: { ...stores, outbox: { ...stores.outbox, size } } };
    await open();
    expect(await get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    isAway = true;
    expect(await get('/health/ready')).toMatchObject({ status: 503, body: { status: 'not ready' } });
    expect(await get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
  });

  it('measures what waits, is parked, or is stuck', async () => {
    await open();
    const event = goneEnvelope();
    await probe.unitOfWork.run(async ({ inbox, outbox, tasks }) => {
      await outbox.add(gone(systemIds.next()), gone(systemIds.next()));
      await inbox.park('probe', event, 'Error: broken');
      await tasks.schedule({ key: 'stuck', kind: 'call', payload: null });
    });
    for (let attempt = 1; attempt <= STUCK_AFTER; attempt += 1) {
      await toolbox.stores.tasks.claim('call', START, START, 1);
      await toolbox.stores.tasks.retry('stuck', START, 'Error: away');
    }
    await toolbox.bus.publish([goneEnvelope()]);
    probe.toolbox.clock.advance(MINUTE);
    const { body } = await get('/metrics');
    expect(body).toContain('outbox_events{service="probe"} 2');
    expect(body).toContain('outbox_oldest_seconds{service="probe"} 60');
    expect(body).toContain('dead_letters{service="probe"} 1');
    expect(body).toContain('consumer_lag{consumer="probe",service="probe"} 1');
    expect(body).toContain('tasks_stuck{kind="call",service="probe"} 1');
    expect(body).toContain('tasks_stuck{kind="timer",service="probe"} 0');
  });

  it('measures zero where nothing waits', async () => {
    await open();
    const { body } = await get('/metrics');
    for (const metric of ['outbox_events', 'outbox_oldest_seconds', 'dead_letters'])
      expect(body).toContain(`${metric}{service="probe"} 0`);
    expect(body).toContain('tasks_stuck{kind="call",service="probe"} 0');
  });

  it('starts and stops what is attached to it', async () => {
    await open();
    await service.start();
    await service.stop();
    expect(steps).toEqual(['attached', 'detached']);
  });
});
